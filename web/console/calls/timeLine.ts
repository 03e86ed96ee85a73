// A call's course in time: when each extension rang, talked and held, as shares of the whole.
import type { Call, CallLeg } from "@/api/types";

export interface Bar {
  kind: "ring" | "talk" | "hold";
  /** Where it begins and how long it is, in hundredths of the call. */
  from: number;
  length: number;
}

export interface Row {
  leg: CallLeg;
  /** After how long it came into the call, in milliseconds. */
  begins: number;
  /** In the order in which they are drawn: holds lie over the talk that they are part of. */
  bars: Bar[];
  holds: Held[];
}

/** A time on hold, in milliseconds. */
export interface Held {
  /** After how long in the call it began. */
  begins: number;
  length: number;
}

export interface TimeLine {
  /** How long the call took, in milliseconds. */
  whole: number;
  rows: Row[];
}

const at = (text: string) => Date.parse(text);

/** What is shown at all, in hundredths: less could not be seen. */
const LEAST = 0.6;

export function timeLine(call: Call): TimeLine {
  const begin = at(call.started);
  const spans = call.legs.map((leg) => ({ leg, spans: spansOf(leg) }));
  const ends = spans.flatMap(({ spans: some }) => some.map(({ until }) => until));
  const end = Math.max(call.ended ? at(call.ended) : begin, ...ends, begin + 1);
  const whole = end - begin;
  const share = (ms: number) => Math.min(100, Math.max(0, (100 * ms) / whole));
  return {
    whole,
    rows: spans.map(({ leg, spans: some }) => ({
      leg,
      begins: Math.max(0, at(leg.started) - begin),
      bars: some.map(({ kind, from, until }) => {
        const start = Math.min(share(from - begin), 100 - LEAST);
        return { kind, from: start, length: Math.max(LEAST, share(until - begin) - start) };
      }),
      holds: leg.holds.map(({ from, until }) => ({
        begins: Math.max(0, at(from) - begin),
        length: at(until) - at(from),
      })),
    })),
  };
}

function spansOf(leg: CallLeg): { kind: Bar["kind"]; from: number; until: number }[] {
  const started = at(leg.started);
  const answered = leg.answered ? at(leg.answered) : null;
  const rang = leg.ring_ms > 0 ? Math.max(started, answered ?? started + leg.ring_ms) : started;
  const talked =
    answered === null
      ? null
      : leg.talked_until
        ? at(leg.talked_until)
        : answered + Math.max(0, leg.talk_ms);
  return [
    ...(rang > started ? [{ kind: "ring" as const, from: started, until: rang }] : []),
    ...(answered !== null && talked !== null && talked > answered
      ? [{ kind: "talk" as const, from: answered, until: talked }]
      : []),
    ...leg.holds.map((hold) => ({
      kind: "hold" as const,
      from: at(hold.from),
      until: at(hold.until),
    })),
  ];
}
