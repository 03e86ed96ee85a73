// The parts of a CRM's page, in their order; the address names the one that is shown.
export const PARTS = ["connection", "users", "journal", "contacts", "sync"] as const;

export type Part = (typeof PARTS)[number];

export interface PartSearch {
  part?: Part;
}

export function partSearch(search: Record<string, unknown>): PartSearch {
  const part = PARTS.find((it) => it === search.part);
  return part ? { part } : {};
}
