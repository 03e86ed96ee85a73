import { describe, expect, it } from "vitest";
import type { Call, CallLeg } from "@/api/types";
import { missedSince, newest, pastCalls } from "./history";

const LEG: CallLeg = {
  extension: "101",
  name: "Alice Adams",
  role: "agent",
  outcome: "missed",
  picked_up: false,
  forwarded: false,
  started: "2026-01-02T08:00:00Z",
  answered: null,
  talked_until: null,
  ring_ms: 9_000,
  talk_ms: 0,
  hold_ms: 0,
  holds: [],
  sound: null,
};

const CALL: Call = {
  id: "7",
  phone_system: "1",
  direction: "inbound",
  outcome: "missed",
  state: "ended",
  from: "+14155550134",
  from_name: "MAYA",
  to: "5551301",
  shown: "(415) 555-0134",
  handle: null,
  did: null,
  queue: null,
  started: "2026-01-02T08:00:00Z",
  answered: null,
  ended: "2026-01-02T08:00:09Z",
  wait_ms: 9_000,
  talk_ms: 0,
  hold_ms: 0,
  estimated: false,
  reconciled: false,
  agent: "101",
  legs: [LEG],
  entries: [],
};

const only = (call: Call) => {
  const [past] = pastCalls([call], "101");
  if (!past) throw new Error("it is not listed");
  return past;
};

describe("the agent's own calls", () => {
  it("calls back who called, and whom the agent called", () => {
    expect(only(CALL)).toMatchObject({ name: "MAYA", callee: { number: "(415) 555-0134" } });
    const abroad = { to: "+4930901820", shown: "+49 30 901820" };
    const placed = { ...CALL, ...abroad, direction: "outbound", from: "101" } as const;
    const own = { ...LEG, role: "caller", outcome: "answered" } as const;
    expect(only({ ...placed, legs: [own] })).toMatchObject({
      name: null,
      number: "+49 30 901820",
      callee: { number: "+49 30 901820" },
      missed: false,
    });
  });

  it("calls back by its handle who is hidden (F17)", () => {
    const hidden = { ...CALL, from: "•••••• 34", shown: "•••••• 34", handle: "h1" };
    expect(only(hidden)).toMatchObject({ number: "•••••• 34", callee: { handle: "h1" } });
  });

  it("cannot call back who withheld the number", () => {
    expect(only({ ...CALL, from: null, shown: null }).callee).toBeNull();
  });

  it("names a colleague by who sits there", () => {
    const bob = { ...LEG, extension: "102", name: "Bob Brown", role: "caller" } as const;
    const call = { ...CALL, direction: "internal", from: "102", legs: [bob, LEG] } as const;
    expect(only({ ...call, legs: [bob, LEG] }).name).toBe("Bob Brown");
  });

  it("does not call missed what a colleague took, or what still rings", () => {
    const elsewhere = { ...LEG, outcome: "elsewhere" } as const;
    expect(only({ ...CALL, legs: [elsewhere] }).missed).toBe(false);
    expect(pastCalls([{ ...CALL, state: "ringing", ended: null }], "101")).toEqual([]);
  });

  it("counts what was missed since the agent last looked", () => {
    const calls = pastCalls([{ ...CALL, id: "8", started: "2026-01-02T09:00:00Z" }, CALL], "101");
    expect(missedSince(calls, "2026-01-02T08:00:00Z")).toBe(1);
    expect(missedSince(calls, newest(calls, "2026-01-01T00:00:00Z"))).toBe(0);
  });
});
