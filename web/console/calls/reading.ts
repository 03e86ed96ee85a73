// What the list reads out of a call: who was outside, who inside, and how the writing went.
import type { Call, CallEntry, CallLeg } from "@/api/types";
import { clock, measured } from "@/texts/duration";
import type { Tone } from "@/theme/StatusDot";

export interface Party {
  name: string | null;
  number: string | null;
}

/** The party that is not ours; of an internal call the called one. */
export function outsideOf(call: Call): Party {
  const entry = call.entries.find(({ who_name }) => who_name);
  const found = entry?.who_name ?? null;
  if (call.direction === "inbound") {
    return { name: found ?? call.from_name ?? null, number: call.shown };
  }
  return { name: found, number: call.direction === "internal" ? call.to : call.shown };
}

/** The leg that stands for the call: the agent of record. */
export function agentOf(call: Call): CallLeg | null {
  return call.legs.find(({ extension }) => extension === call.agent) ?? null;
}

export function inProgress(call: Call): boolean {
  return !call.ended;
}

/** How the call's lengths are shown: cut while it runs, rounded once they are final. */
export function lengthsOf(call: Call): (ms: number) => string {
  return inProgress(call) ? clock : measured;
}

const TONES: Record<CallEntry["state"], Tone> = {
  parked: "bad",
  waiting: "warn",
  written: "good",
  skipped: "idle",
};

/** The entry that matters most: one refused is news, one written beats one skipped. */
export function journalState(call: Call): { state: CallEntry["state"]; tone: Tone } | null {
  const order: CallEntry["state"][] = ["parked", "waiting", "written", "skipped"];
  const state = order.find((one) => call.entries.some((entry) => entry.state === one));
  return state ? { state, tone: TONES[state] } : null;
}

export function entryTone(entry: Pick<CallEntry, "state">): Tone {
  return TONES[entry.state];
}
