// Points in time as people read them.

/** The time alone for today, else with the date. */
export function momentText(moment: string, locale: string, now = new Date()): string {
  const at = new Date(moment);
  const today = at.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(
    locale,
    today
      ? { timeStyle: "short" }
      : { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
  ).format(at);
}
