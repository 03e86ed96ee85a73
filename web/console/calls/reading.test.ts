// What the call list shows of a call.
import { describe, expect, it } from "vitest";
import type { Call, CallEntry, CallLeg } from "@/api/types";
import { agentOf, journalState, lengthsOf, outsideOf } from "./reading";

const leg = (extension: string, more: Partial<CallLeg>): CallLeg => ({
  extension,
  name: null,
  role: "agent",
  outcome: "missed",
  picked_up: false,
  forwarded: false,
  started: "2026-01-01T08:00:00Z",
  answered: null,
  talked_until: null,
  ring_ms: 0,
  talk_ms: 0,
  hold_ms: 0,
  holds: [],
  sound: null,
  ...more,
});

const entry = (state: CallEntry["state"], who_name: string | null = null): CallEntry => ({
  crm: "salesforce",
  extension: "101",
  state,
  reason: null,
  words: null,
  advice: null,
  who_name,
  page: null,
  who_page: null,
  subject: "",
  description: "",
  key: "k",
  without: [],
  note: null,
  disposition: null,
  recording: null,
  late_written: true,
});

const call: Call = {
  id: "c1",
  phone_system: "p1",
  direction: "inbound",
  outcome: "answered",
  state: "ended",
  from: "+14155550134",
  from_name: "EVE",
  to: "101",
  shown: "(415) 555-0134",
  handle: null,
  did: null,
  queue: null,
  started: "2026-01-01T08:00:00Z",
  answered: null,
  ended: null,
  wait_ms: 0,
  talk_ms: 0,
  hold_ms: 0,
  estimated: false,
  reconciled: false,
  agent: null,
  legs: [],
  entries: [],
};

describe("a call in the list", () => {
  it("shows the CRM's name before the phone's", () => {
    expect(outsideOf(call).name).toBe("EVE");
    expect(outsideOf({ ...call, entries: [entry("written", "Eve Adams")] }).name).toBe("Eve Adams");
  });

  it("shows whom an outbound call went to", () => {
    const placed = { ...call, direction: "outbound", to: "+4930901820", from: "101" } as const;
    expect(outsideOf({ ...placed, shown: "+49 30 901820" }).number).toBe("+49 30 901820");
  });

  it("shows a number as people write it, and a colleague's as it is", () => {
    expect(outsideOf(call).number).toBe("(415) 555-0134");
    const internal = { ...call, direction: "internal", from: "102", shown: null } as const;
    expect(outsideOf(internal).number).toBe("101");
  });

  it("x5: shows the agent of record", () => {
    const legs = [leg("101", { outcome: "transferred" }), leg("102", { outcome: "answered" })];
    expect(agentOf({ ...call, legs, agent: "102" })?.extension).toBe("102");
    expect(agentOf(call)).toBeNull();
  });

  it("e1: shows that one entry was refused although another was written", () => {
    const entries = [entry("written"), entry("parked"), entry("skipped")];
    expect(journalState({ ...call, entries })?.state).toBe("parked");
    expect(journalState({ ...call, entries: [entry("skipped"), entry("written")] })?.state).toBe(
      "written",
    );
    expect(journalState(call)).toBeNull();
  });

  it("shows a final length rounded as the CRM's entry has it, a running one cut", () => {
    expect(lengthsOf({ ...call, ended: "2026-01-01T08:00:09Z" })(2_600)).toBe("0:03");
    expect(lengthsOf({ ...call, ended: null })(2_600)).toBe("0:02");
  });
});
