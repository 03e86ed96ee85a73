import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Dials } from "./dials";
import type { Socket, Up } from "./socket";

/** What was said to the server, and what the agent was told. */
let said: Extract<Up, { t: "dial" }>[];
let told: string[];
let dials: Dials;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("chrome", { i18n: { getMessage: (key: string) => key } });
  said = [];
  told = [];
  const socket = {
    connect: async () => {},
    up: async () => {},
    say: (message: Up) => {
      if (message.t === "dial") said.push(message);
      return true;
    },
  };
  dials = new Dials(socket as unknown as Socket, (_, words) => told.push(words));
});

afterEach(() => {
  vi.useRealTimers();
});

test("c2 a click without an answer is asked again under the same id, once", async () => {
  const done = dials.call("+14155550134");
  await vi.runAllTimersAsync();
  expect(await done).toEqual({ ok: false, words: "not_connected" });
  expect(said).toHaveLength(2);
  expect(said[0]).toEqual(said[1]);
});

test("c2 an answer to either counts", async () => {
  const done = dials.call("+14155550134");
  await vi.advanceTimersByTimeAsync(5_000);
  dials.answered({ t: "dialled", id: said[0]?.id ?? "", call: "c1" });
  expect(await done).toEqual({ ok: true });
});

test("c2 why nobody was called is said in the reader's words", async () => {
  const done = dials.call("0900");
  await vi.advanceTimersByTimeAsync(0);
  const id = said[0]?.id ?? "";
  dials.answered({ t: "not_dialled", id, code: "denied_number", detail: "In English." });
  expect(await done).toEqual({ ok: false, words: "dial_denied" });
});

test("c2 a call from here that comes no further is told, in whatever order that comes", () => {
  dials.failed("c1", "own_phone_busy");
  dials.answered({ t: "dialled", id: "d1", call: "c1" });
  dials.answered({ t: "dialled", id: "d2", call: "c2" });
  dials.failed("c2", "own_phone_busy");
  expect(told).toEqual(["dial_own_phone", "dial_own_phone"]);
});

test("c2 a call from Desk that comes no further is Desk's to tell", () => {
  dials.failed("c1", "own_phone_busy");
  expect(told).toEqual([]);
});
