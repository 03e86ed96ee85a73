// The agent's own calls that are over: who it was with, how it went, and which were missed.
import type { Call, CallLeg } from "@/api/types";
import { type Callee, calleeOf } from "../dial/useDial";

/** One of them, as the list shows it. */
export interface PastCall {
  id: string;
  direction: Call["direction"];
  name: string | null;
  /** `null`: withheld. */
  number: string | null;
  /** Whom a click calls back; `null`: nobody knows the number. */
  callee: Callee | null;
  /** What became of the agent's own part. */
  outcome: CallLeg["outcome"];
  /** It rang here and nobody took it. */
  missed: boolean;
  started: string;
  /** For how long the agent talked. */
  talkMs: number;
}

/** The calls of `extension` that are over, in their order. */
export function pastCalls(calls: readonly Call[], extension: string): PastCall[] {
  return calls.flatMap((call) => {
    const own = partOf(call, extension);
    return own && call.state === "ended" ? [pastCall(call, own)] : [];
  });
}

/** How many of the newest were missed after the agent last looked. */
export function missedSince(calls: readonly PastCall[], seen: string): number {
  return calls.filter(({ missed, started }) => missed && isAfter(started, seen)).length;
}

/** When the newest of them began; `seen`: none is newer than that. */
export function newest(calls: readonly PastCall[], seen: string): string {
  return calls.reduce((last, { started }) => (isAfter(started, last) ? started : last), seen);
}

function isAfter(one: string, other: string): boolean {
  return Date.parse(one) > (Date.parse(other) || 0);
}

/** A phone may ring several times in one call: the time it was talked counts, else the last. */
function partOf(call: Call, extension: string): CallLeg | null {
  const own = call.legs.filter((leg) => leg.extension === extension);
  return own.find(({ answered }) => answered) ?? own.at(-1) ?? null;
}

function pastCall(call: Call, own: CallLeg): PastCall {
  const calling = own.role === "caller";
  const colleague = calling ? call.to : call.from;
  const number = call.direction === "internal" ? colleague : call.shown;
  return {
    id: call.id,
    direction: call.direction,
    name: nameOf(call, own),
    number,
    callee: calleeOf({ number, handle: call.handle }),
    outcome: own.outcome,
    missed: !calling && own.outcome === "missed",
    started: call.started,
    talkMs: own.talk_ms,
  };
}

/** By the CRM's name, else the phone's, or of a colleague the one who sits there. */
function nameOf(call: Call, own: CallLeg): string | null {
  if (call.direction === "internal") {
    const other = call.legs.find(({ extension }) => extension !== own.extension);
    return other?.name ?? null;
  }
  const known = call.entries.find(({ who_name }) => who_name)?.who_name;
  const told = own.role === "caller" ? null : call.from_name;
  return known || told || null;
}
