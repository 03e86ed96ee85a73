// Which days the figures are of, and of what, as the page's address holds them.

export interface FigureSearch {
  from?: string;
  to?: string;
  /** `agent 101`, `queue sales`; without it the whole company. */
  of?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Spans that one click chooses, in days. */
export const SPANS = [7, 30, 90] as const;

export function figureSearch(search: Record<string, unknown>): FigureSearch {
  const day = (value: unknown) =>
    typeof value === "string" && DAY.test(value) ? value : undefined;
  const read = {
    from: day(search.from),
    to: day(search.to),
    of: typeof search.of === "string" && search.of ? search.of : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The day of a moment where the reader is. */
export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** So many days that end today. */
export function lastDays(count: number, now = new Date()): { from: string; to: string } {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - count + 1);
  return { from: dayOf(first), to: dayOf(now) };
}

/** The span that was clicked, where one was. */
export function spanOf(days: { from: string; to: string }, now = new Date()): string {
  const span = SPANS.find((count) => {
    const last = lastDays(count, now);
    return last.from === days.from && last.to === days.to;
  });
  return span ? String(span) : "";
}
