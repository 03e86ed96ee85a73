// What a change of the days of keeping deletes.
import type { KeepingDays } from "@/api/types";

export const KINDS = ["calls", "audit", "webhook_deliveries", "dead_jobs", "imports"] as const;

/** A kind of data that has days of its own. */
export type DataKind = (typeof KINDS)[number];

/** What it begins with when it is no longer kept for ever. */
export const USUAL: Record<DataKind, number> = {
  calls: 730,
  audit: 730,
  webhook_deliveries: 7,
  dead_jobs: 90,
  imports: 90,
};

/** The kinds that are kept for fewer days than before. */
export function shortened(before: KeepingDays, now: KeepingDays): DataKind[] {
  return KINDS.filter(
    (kind) => (now[kind] ?? Number.POSITIVE_INFINITY) < (before[kind] ?? Number.POSITIVE_INFINITY),
  );
}
