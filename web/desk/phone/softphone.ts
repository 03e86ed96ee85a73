// The softphone: SIP and sound behind a few words. Loaded when it is first needed; the server's
// `/sip` answers the phone system's challenge, so there is no password here.

import type { RTCSessionEvent, UA } from "jssip/lib/UA";
import type { IceServer, SoundReport } from "@/api/desk";
import { type Devices, LineCall } from "./lineCall";
import { MOST_CALLS, type PhoneEvent } from "./phone";

/** What the phone system says of a call to the softphone it belongs to. */
const CALL = "X-Linecard-Call";
/** The agent asked for the call in this page: it is picked up at once. */
const AUTO = "X-Linecard-Auto";

/** The server knows the password, and puts it in. JsSIP answers no challenge without one. */
const NO_PASSWORD = "-";

/** A call whose way to the server is lost has its buttons back within three seconds. */
const BACK_AFTER_SECONDS = 1;

/** An answer of the phone system takes milliseconds; without any the way to the server is dead. */
const ANSWERED_WITHIN_MS = 5_000;

/** Each deed names its call by the softphone's own id of it. */
export interface Softphone {
  /** Picks up, and holds whoever was talked with; the microphone is asked for. */
  answer(id: string): void;
  hangUp(id: string): void;
  mute(id: string, on: boolean): void;
  /** Holds, or talks on and holds the other call. */
  hold(id: string, on: boolean): void;
  /** A key of a phone, for menus at the other end. */
  press(id: string, key: string): void;
  /** Joins the far sides of two calls, and leaves both. */
  join(id: string, other: string): void;
  /** How the sound of each call has been until now, by the softphone's own id of it. */
  soundSoFar(): [string, SoundReport][];
  /** Talks with these devices from now on, also in a call that is under way. */
  use(devices: Devices): void;
  /** Finds its way by these servers from now on. */
  findWayBy(servers: readonly IceServer[]): void;
  /** Signs off and ends what is going on. */
  close(): void;
}

/** @param user the softphone's name in SIP: `101-web` */
export async function openSoftphone(
  url: string,
  user: string,
  happen: (event: PhoneEvent) => void,
): Promise<Softphone> {
  const { UA, WebSocketInterface } = await import("jssip");
  // The server lets through only a contact of the own name, at an address that is none.
  const place = `${crypto.randomUUID()}.invalid`;
  const socket = new WebSocketInterface(url);
  const agent = new UA({
    sockets: [socket],
    uri: `sip:${user}@linecard.invalid`,
    contact_uri: `sip:${user}@${place};transport=ws`,
    password: NO_PASSWORD,
    session_timers: false,
    connection_recovery_min_interval: BACK_AFTER_SECONDS,
    user_agent: "Linecard Desk",
  });
  const phone = new Line(agent, () => cut(socket), user, happen);
  agent.start();
  return phone;
}

/** A page is not told why a socket of its own was refused; asked without one, the server says so. */
async function mustWait(): Promise<boolean> {
  try {
    return (await fetch("/sip", { method: "HEAD" })).status === 429;
  } catch {
    // Not to be reached at all: that is said elsewhere.
    return false;
  }
}

/** JsSIP connects again, as if the network had cut it: it may have, without a word. */
function cut(socket: Socket): void {
  socket.disconnect();
  socket.ondisconnect(true, 1006, "");
}

/** What JsSIP calls when a socket is gone, and types do not tell. */
interface Socket {
  disconnect(): void;
  ondisconnect(error: boolean, code: number, reason: string): void;
}

class Line implements Softphone {
  readonly #agent: UA;
  readonly #drop: () => void;
  readonly #user: string;
  readonly #calls = new Map<string, LineCall>();
  #happen: (event: PhoneEvent) => void;
  #wasCut = false;
  #iceServers: readonly IceServer[] = [];
  #devices: Devices = { microphone: "", speaker: "" };

  /** Runs until the phone system has answered. */
  #answered: ReturnType<typeof setTimeout> | undefined;
  /** The network is there again: who was reached by the one before is not by this. */
  readonly #online = () => this.#drop();

  constructor(agent: UA, drop: () => void, user: string, happen: (event: PhoneEvent) => void) {
    this.#agent = agent;
    this.#drop = drop;
    window.addEventListener("online", this.#online);
    this.#user = user;
    this.#happen = happen;
    agent.on("registered", () => this.#registered());
    agent.on("disconnected", () => this.#cut());
    agent.on("registrationFailed", () => this.#happen({ what: "refused" }));
    agent.on("newRTCSession", (event: RTCSessionEvent) => this.#rings(event));
  }

  answer(id: string): void {
    void this.#holdOthers(id).then(() => this.#calls.get(id)?.answer());
  }

  hangUp(id: string): void {
    this.#calls.get(id)?.hangUp();
  }

  mute(id: string, on: boolean): void {
    this.#calls.get(id)?.mute(on);
  }

  hold(id: string, on: boolean): void {
    if (on) void this.#calls.get(id)?.hold();
    else void this.#holdOthers(id).then(() => this.#calls.get(id)?.resume());
  }

  press(id: string, key: string): void {
    this.#calls.get(id)?.press(key);
  }

  join(id: string, other: string): void {
    const [one, two] = [this.#calls.get(id), this.#calls.get(other)];
    if (one && two) void one.join(two, this.#user);
  }

  soundSoFar(): [string, SoundReport][] {
    return [...this.#calls.values()].flatMap(({ id, sound }) => (sound ? [[id, sound]] : []));
  }

  use(devices: Devices): void {
    this.#devices = devices;
    for (const call of this.#calls.values()) call.use(devices);
  }

  findWayBy(servers: readonly IceServer[]): void {
    this.#iceServers = servers;
  }

  close(): void {
    this.#happen = () => {};
    clearTimeout(this.#answered);
    window.removeEventListener("online", this.#online);
    this.#agent.stop();
  }

  async #holdOthers(id: string): Promise<void> {
    const others = [...this.#calls.values()].filter((call) => call.id !== id);
    await Promise.all(others.map((call) => call.hold()));
  }

  #registered(): void {
    this.#happen({ what: "registered", at: Date.now() });
    clearTimeout(this.#answered);
    const wasCut = this.#wasCut;
    this.#wasCut = false;
    // After a cut the phone system still sends to the socket that is gone, and its goodbye would not
    // arrive.
    for (const call of this.#calls.values())
      if (call.isEstablished && (wasCut || call.isSoundLost)) call.renew();
  }

  /** Whoever describes a call anew and is not heard loses it: so asks first whether somebody hears. */
  #asksForAnotherWay(): void {
    if (!this.#agent.isConnected()) return;
    this.#agent.register();
    clearTimeout(this.#answered);
    this.#answered = setTimeout(this.#drop, ANSWERED_WITHIN_MS);
  }

  #cut(): void {
    this.#wasCut = true;
    clearTimeout(this.#answered);
    this.#happen({ what: "cut" });
    // An answer would not reach the phone system any more: the desk phone rings on.
    for (const call of this.#calls.values()) if (!call.isEstablished) call.hangUp();
    void mustWait().then((must) => {
      if (!this.#agent.isConnected()) this.#happen({ what: must ? "waits" : "opens" });
    });
  }

  #rings({ originator, session, request }: RTCSessionEvent): void {
    if (originator !== "remote" || !("ruri" in request) || !("getHeaders" in request)) return;
    if (this.#calls.size >= MOST_CALLS) {
      session.terminate({ status_code: 486 });
      return;
    }
    const { id } = session;
    const call = new LineCall(
      session,
      request as ConstructorParameters<typeof LineCall>[1],
      this.#devices,
      () => ({ iceServers: [...this.#iceServers] }),
      (event) => this.#happen(event),
      () => this.#asksForAnotherWay(),
      (sound) => {
        if (this.#calls.delete(id)) this.#happen({ what: "over", id, sound });
      },
    );
    this.#calls.set(id, call);
    this.#happen({ what: "rings", id, call: request.getHeader(CALL) ?? null });
    if (request.getHeader(AUTO)) this.answer(id);
  }
}
