// What the call list is narrowed by, as the page's address holds it: a list can be sent around.
import type { CallFilter } from "@/api/types";

const DIRECTIONS = ["inbound", "outbound", "internal"] as const;
const OUTCOMES = ["answered", "missed", "busy", "failed", "cancelled"] as const;
const JOURNAL = ["written", "waiting", "parked", "skipped", "none"] as const;

/** Why a call is not written; the texts are `calls.why`. */
export const REASONS = [
  "not_bound",
  "nobody",
  "withheld",
  "internal",
  "unreadable",
  "short_code",
  "own_number",
  "never_looked_up",
  "never_logged",
  "journal_off",
  "call_type",
  "hours",
  "dry_run",
  "not_in_pilot",
  "discarded",
] as const;

export { DIRECTIONS, JOURNAL, OUTCOMES };

const one = <T extends string>(list: readonly T[], value: unknown): T | undefined =>
  list.find((it) => it === value);

/** The address turns plain digits into a number. */
const text = (value: unknown): string | undefined => {
  const read = typeof value === "number" ? String(value) : value;
  return typeof read === "string" && read.trim() ? read : undefined;
};

const day = (value: unknown): string | undefined => {
  const read = text(value);
  return read && /^\d{4}-\d{2}-\d{2}$/.test(read) ? read : undefined;
};

/** Reads the address; what is not understood narrows nothing. */
export function callSearch(search: Record<string, unknown>): CallFilter {
  const journal = one(JOURNAL, search.journal);
  const read: CallFilter = {
    from: day(search.from),
    to: day(search.to),
    direction: one(DIRECTIONS, search.direction),
    outcome: one(OUTCOMES, search.outcome),
    extension: text(search.extension),
    queue: text(search.queue),
    number: text(search.number),
    person: text(search.person),
    journal,
    reason: journal === "skipped" ? text(search.reason) : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** How many things it is narrowed by. */
export function narrowedBy(filter: CallFilter): number {
  return Object.keys(filter).length;
}

/** The same as the end of an address. */
export function asQuery(filter: CallFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (typeof value === "string") query.set(name, value);
  }
  return query.toString();
}
