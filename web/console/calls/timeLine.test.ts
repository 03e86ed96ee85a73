// A call's course in time.
import { describe, expect, it } from "vitest";
import type { Call, CallLeg } from "@/api/types";
import { timeLine } from "./timeLine";

const leg = (more: Partial<CallLeg>): CallLeg => ({
  extension: "101",
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

const call = (legs: CallLeg[]) =>
  ({ started: "2026-01-01T08:00:00Z", ended: "2026-01-01T08:01:40Z", legs }) as Call;

describe("x12: the time line of a call", () => {
  it("shows ringing and talking where they were", () => {
    const { whole, rows } = timeLine(
      call([
        leg({ ring_ms: 10_000 }),
        leg({
          extension: "102",
          started: "2026-01-01T08:00:10Z",
          answered: "2026-01-01T08:00:20Z",
          talked_until: "2026-01-01T08:01:40Z",
          ring_ms: 10_000,
          talk_ms: 80_000,
        }),
      ]),
    );
    expect(whole).toBe(100_000);
    expect(rows.map(({ begins, bars }) => [begins, bars])).toEqual([
      [0, [{ kind: "ring", from: 0, length: 10 }]],
      [
        10_000,
        [
          { kind: "ring", from: 10, length: 10 },
          { kind: "talk", from: 20, length: 80 },
        ],
      ],
    ]);
  });

  it("shows nothing where nothing was, and nothing outside the picture", () => {
    expect(timeLine(call([leg({})])).rows[0]?.bars).toEqual([]);
    const late = leg({ started: "2026-01-01T07:59:00Z", ring_ms: 90_000 });
    expect(timeLine(call([late])).rows[0]?.bars).toEqual([{ kind: "ring", from: 0, length: 30 }]);
    const endless = { ...call([leg({})]), ended: null };
    expect(timeLine(endless).whole).toBe(1);
  });

  it("draws each hold over the talk that it was part of", () => {
    const held = leg({
      answered: "2026-01-01T08:00:10Z",
      talked_until: "2026-01-01T08:01:40Z",
      ring_ms: 10_000,
      talk_ms: 90_000,
      hold_ms: 30_000,
      holds: [
        { from: "2026-01-01T08:00:20Z", until: "2026-01-01T08:00:40Z" },
        { from: "2026-01-01T08:01:00Z", until: "2026-01-01T08:01:10Z" },
      ],
    });
    const row = timeLine(call([held])).rows[0];
    expect(row?.bars).toEqual([
      { kind: "ring", from: 0, length: 10 },
      { kind: "talk", from: 10, length: 90 },
      { kind: "hold", from: 20, length: 20 },
      { kind: "hold", from: 60, length: 10 },
    ]);
    expect(row?.holds).toEqual([
      { begins: 20_000, length: 20_000 },
      { begins: 60_000, length: 10_000 },
    ]);
  });

  it("leaves what was very short to be seen", () => {
    const [bar] = timeLine(call([leg({ ring_ms: 10 })])).rows[0]?.bars ?? [];
    expect(bar?.length).toBeGreaterThan(0.5);
  });
});
