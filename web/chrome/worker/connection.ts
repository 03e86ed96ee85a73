// The server as the rest of the worker sees it.
import { read, write } from "../kept";
import type { Call, Done, State, StateChanged } from "../messages";
import { text } from "../texts";
import { Dials } from "./dials";
import * as pops from "./pops";
import * as ringing from "./ringing";
import { managedServer, originOf } from "./server";
import {
  accessToken,
  end,
  keep,
  outdated,
  type SignedIn,
  SignInFailed,
  signedIn,
  signIn,
  signOut,
} from "./signIn";
import { type Down, Socket } from "./socket";

export interface Connection {
  /** Registers what Chrome is to wake it for; called once, before anything is awaited. */
  listen(): void;
  state(): Promise<State>;
  /** @param server the address as somebody typed it */
  signIn(server: string): Promise<Done>;
  signOut(): Promise<Done>;
  call(call: Call): Promise<Done>;
}

/** Chrome's shortest. It wakes a worker that was ended; a living one has its socket already. */
const ALARM_MINUTES = 0.5;
const ALARM = "connect";
/** After as many failures a person should look. */
const MANY_FAILURES = 3;

const socket = new Socket({
  async door() {
    const token = await accessToken().catch(async (thrown) => {
      if (thrown instanceof SignInFailed && thrown.problem === "signed_out") await ended();
      throw thrown;
    });
    const known = await signedIn();
    if (!known) throw new SignInFailed("signed_out");
    const url = `${known.server.replace(/^http/, "ws")}/api/v1/devices/socket`;
    return { url, token, opened: await pops.lastOpened() };
  },
  heard: (message) => void heard(message),
  turnedAway: outdated,
  changed: () => void tellState(),
});
const dials = new Dials(socket, ringing.sayNotCalled);

async function heard(message: Down): Promise<void> {
  switch (message.t) {
    case "hello": {
      const known = await signedIn();
      if (known) await keep({ ...known, name: message.name, extension: message.extension });
      await write("country", message.country);
      await tellState();
      break;
    }
    case "pop":
      socket.say(await pops.open(message));
      break;
    case "pop_mode":
      await write("popsOff", message.mode === "off");
      break;
    case "incoming":
      await ringing.ring(message);
      break;
    case "incoming_over":
      await ringing.ringsNoMore(message.call);
      break;
    case "dialled":
    case "not_dialled":
      dials.answered(message);
      break;
    case "dial_failed":
      dials.failed(message.call, message.code);
      break;
    default:
      break;
  }
}

async function state(): Promise<State> {
  const [managed, known] = await Promise.all([managedServer(), signedIn()]);
  return {
    server: managed ?? known?.server ?? null,
    managed: managed !== null,
    agent: known?.name ? { name: known.name, extension: known.extension } : null,
    link: known ? socket.link : "off",
    problem: await problem(known),
  };
}

async function problem(known: SignedIn | null): Promise<string | null> {
  if (!known) return (await read("ended")) ? text("signed_out") : null;
  const troubled = socket.link !== "up" && socket.failures >= MANY_FAILURES;
  return troubled ? text("cannot_reach", known.server) : null;
}

/** Whoever is waiting for calls would not look here by themselves. */
async function ended(): Promise<void> {
  if (!(await signedIn())) return;
  await end();
  ringing.saySignedOut();
}

async function tellState(): Promise<void> {
  const message: StateChanged = { kind: "state changed", state: await state() };
  // Nobody listens while no page of the extension is open.
  await chrome.runtime.sendMessage(message).catch(() => {});
}

async function connectIfSignedIn(): Promise<void> {
  if (await signedIn()) await socket.connect();
}

const SIGN_IN_WORDS = {
  refused: "sign_in_refused",
  closed: "sign_in_closed",
  unreachable: "sign_in_unreachable",
  signed_out: "sign_in_refused",
} as const;

export const connection: Connection = {
  listen() {
    chrome.runtime.onStartup.addListener(() => void connectIfSignedIn());
    chrome.runtime.onInstalled.addListener(() => void connectIfSignedIn());
    chrome.alarms.onAlarm.addListener(() => void connectIfSignedIn());
    // Chrome has what an administrator has set a few seconds after it has installed the extension.
    chrome.storage.managed.onChanged.addListener(() => void tellState());
    chrome.notifications.onClicked.addListener((id) => void ringing.clicked(id));
    void chrome.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES });
    void connectIfSignedIn();
  },
  state,
  async signIn(typed) {
    const server = (await managedServer()) ?? originOf(typed);
    if (server === null) return { ok: false, words: text("no_address") };
    try {
      socket.close();
      await signIn(server);
    } catch (thrown) {
      const problem = thrown instanceof SignInFailed ? thrown.problem : "unreachable";
      return { ok: false, words: text(SIGN_IN_WORDS[problem]) };
    }
    await socket.connect();
    await tellState();
    return { ok: true };
  },
  async signOut() {
    socket.close();
    await signOut();
    await tellState();
    return { ok: true };
  },
  async call({ number }) {
    if (!(await signedIn())) return { ok: false, words: text("not_signed_in") };
    return dials.call(number);
  },
};
