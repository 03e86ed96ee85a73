// A day in words. It is a date without a time: no time zone may move it.

const at = (day: string) => new Date(`${day}T00:00:00Z`);

/** `Jan 31`; nothing where there is no day. */
export function shortDay(day: string | undefined, locale: string): string {
  if (!day) return "";
  return new Intl.DateTimeFormat(locale, {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  }).format(at(day));
}

/** `Sat, Jan 31, 2026`. */
export function longDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  }).format(at(day));
}
