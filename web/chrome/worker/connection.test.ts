import { beforeEach, expect, test, vi } from "vitest";
import { connection } from "./connection";

/** What Chrome keeps, what a notification says, and what the extension's pages are told. */
let kept: Record<string, unknown>;
let managed: Record<string, unknown>;
let notified: string[];
let told: unknown[];
/** Chrome has another policy now. */
let setByAdmin: () => void;

const HOME = "https://linecard.example.com";
const SIGNED_IN = { server: HOME, access: "a1", expires: 0, refresh: "r1", name: "Dana Wu" };

beforeEach(() => {
  kept = {};
  managed = {};
  notified = [];
  told = [];
  const event = { addListener: () => {} };
  vi.stubGlobal("chrome", {
    alarms: { create: async () => {}, onAlarm: event },
    i18n: { getMessage: (key: string) => key },
    notifications: {
      create: (_: string, { message }: { message: string }) => notified.push(message),
      onClicked: event,
    },
    runtime: {
      onInstalled: event,
      onStartup: event,
      sendMessage: async (message: unknown) => void told.push(message),
    },
    storage: {
      local: {
        get: async (key: string) => ({ [key]: kept[key] }),
        set: async (values: object) => void Object.assign(kept, values),
        remove: async (key: string) => void delete kept[key],
      },
      managed: {
        get: async () => managed,
        onChanged: {
          addListener: (heard: () => void) => {
            setByAdmin = heard;
          },
        },
      },
    },
  });
});

/** The server answers a request for tokens like this. */
function answers(status: number): void {
  vi.stubGlobal("fetch", async () => new Response("{}", { status }));
}

test("c2 whose sign-in the server has ended is told so, and to sign in again", async () => {
  kept = { signedIn: SIGNED_IN, country: "US" };
  answers(400);
  connection.listen();
  await vi.waitFor(() => expect(notified).toEqual(["signed_out"]));
  expect(await connection.state()).toMatchObject({
    agent: null,
    link: "off",
    problem: "signed_out",
  });
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ state: { problem: "signed_out" } }));
});

test("c1 nothing is marked any more when the server has ended the sign-in", async () => {
  kept = { signedIn: SIGNED_IN, country: "US" };
  answers(400);
  connection.listen();
  await vi.waitFor(() => expect(kept.country).toBeNull());
});

test("c2 a server that does not answer has ended nothing", async () => {
  kept = { signedIn: SIGNED_IN, country: "US" };
  answers(502);
  connection.listen();
  await vi.waitFor(() => expect(told).not.toEqual([]));
  expect(kept).toEqual({ signedIn: SIGNED_IN, country: "US" });
  expect(notified).toEqual([]);
});

test("c1 nothing is marked any more after signing out, and nobody is told to sign in", async () => {
  kept = { signedIn: SIGNED_IN, country: "US" };
  answers(200);
  expect(await connection.signOut()).toEqual({ ok: true });
  expect(kept).toEqual({ country: null });
  expect(await connection.state()).toMatchObject({ agent: null, problem: null });
});

test("c1 an address that the administrator sets is shown at once", async () => {
  connection.listen();
  managed = { server: `${HOME}/` };
  setByAdmin();
  await vi.waitFor(() =>
    expect(told.at(-1)).toMatchObject({ state: { server: HOME, managed: true } }),
  );
});
