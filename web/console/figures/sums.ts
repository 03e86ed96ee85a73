// Adds up days, and brings them in line with the days of the chart.
import type { DailyFigures, DayFigures } from "@/api/types";

export type Sums = Omit<DayFigures, "day">;

const NOTHING: Sums = {
  inbound: 0,
  outbound: 0,
  answered: 0,
  missed: 0,
  talk_ms: 0,
  wait_ms: 0,
  waits: 0,
};

export function summed(days: readonly DayFigures[]): Sums {
  return days.reduce<Sums>(
    (sums, day) => ({
      inbound: sums.inbound + day.inbound,
      outbound: sums.outbound + day.outbound,
      answered: sums.answered + day.answered,
      missed: sums.missed + day.missed,
      talk_ms: sums.talk_ms + day.talk_ms,
      wait_ms: sums.wait_ms + day.wait_ms,
      waits: sums.waits + day.waits,
    }),
    NOTHING,
  );
}

/** How long a caller waited on average, in milliseconds; `null`: nobody did. */
export function averageWait({ wait_ms, waits }: Sums): number | null {
  return waits > 0 ? wait_ms / waits : null;
}

/** A line for each of the days, also for those without a call. */
export function everyDay(all: readonly string[], days: readonly DayFigures[]): DayFigures[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return all.map((day) => known.get(day) ?? { day, ...NOTHING });
}

/** The days of the company, of an agent or of a queue, as `of` names it. */
export function daysOf(figures: DailyFigures, of: string | undefined): DayFigures[] {
  const agent = figures.agents.find(({ extension }) => `agent ${extension}` === of);
  const queue = figures.queues.find((it) => `queue ${it.queue}` === of);
  return agent?.days ?? queue?.days ?? (of ? [] : figures.company);
}
