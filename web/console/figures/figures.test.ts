// Which days are shown, and what is added up.
import { describe, expect, it } from "vitest";
import type { DailyFigures, DayFigures } from "@/api/types";
import { figureSearch, lastDays, spanOf } from "./days";
import { averageWait, daysOf, everyDay, summed } from "./sums";

const day = (name: string, inbound: number, wait_ms = 0, waits = 0): DayFigures => ({
  day: name,
  inbound,
  outbound: 1,
  answered: inbound,
  missed: 0,
  talk_ms: 60_000,
  wait_ms,
  waits,
});

const FIGURES: DailyFigures = {
  time_zone: "Europe/Berlin",
  days: ["2026-01-01", "2026-01-02", "2026-01-03"],
  company: [day("2026-01-01", 5), day("2026-01-03", 2)],
  agents: [{ extension: "101", name: null, days: [day("2026-01-03", 1)] }],
  queues: [{ queue: "101", days: [day("2026-01-01", 4)] }],
};

describe("x12: the days", () => {
  it("are the last ones, also over the end of a month", () => {
    const now = new Date(2026, 2, 2, 23, 59);
    expect(lastDays(7, now)).toEqual({ from: "2026-02-24", to: "2026-03-02" });
    expect(spanOf(lastDays(30, now), now)).toBe("30");
    expect(spanOf({ from: "2026-02-01", to: "2026-03-02" }, now)).toBe("30");
    expect(spanOf({ from: "2026-02-02", to: "2026-03-02" }, now)).toBe("");
  });

  it("are read from the address where it names days", () => {
    expect(figureSearch({ from: "2026-01-01", to: "soon", of: "queue sales" })).toEqual({
      from: "2026-01-01",
      of: "queue sales",
    });
  });
});

describe("x12: the figures", () => {
  it("are shown for each day, also for one without a call", () => {
    const days = everyDay(FIGURES.days, daysOf(FIGURES, undefined));
    expect(days.map(({ inbound }) => inbound)).toEqual([5, 0, 2]);
  });

  it("are those of an agent or of a queue, whose names may be the same", () => {
    expect(daysOf(FIGURES, "agent 101").map(({ inbound }) => inbound)).toEqual([1]);
    expect(daysOf(FIGURES, "queue 101").map(({ inbound }) => inbound)).toEqual([4]);
    expect(daysOf(FIGURES, "agent 109")).toEqual([]);
  });

  it("are added up, and a wait is the average of those who waited", () => {
    const sums = summed([day("a", 2, 30_000, 2), day("b", 1, 0, 1)]);
    expect(sums.inbound).toBe(3);
    expect(sums.talk_ms).toBe(120_000);
    expect(averageWait(sums)).toBe(10_000);
    expect(averageWait(summed([]))).toBeNull();
  });
});
