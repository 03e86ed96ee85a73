// What is chosen for an import: the fields in the order of the form, and changes of one column.
import type { ContactImport, ImportField, ImportPlan } from "@/api/types";

export const FIELDS: ImportField[] = [
  "name",
  "first_name",
  "middle_name",
  "last_name",
  "company",
  "email",
  "business",
  "business2",
  "business_fax",
  "mobile",
  "mobile2",
  "home",
  "home2",
  "home_fax",
  "other",
  "labelled_number",
  "remark",
];

/** The plan with another field in a column; a field that another column had goes over to it. */
export function withColumn(plan: ImportPlan, place: number, field: ImportField | null): ImportPlan {
  const columns = plan.columns.map((old, at) => {
    if (at === place) return field;
    return field !== null && field !== "labelled_number" && old === field ? null : old;
  });
  return { ...plan, columns };
}

/** The plan with another way to read the file: what the columns hold is guessed anew. */
export function readAnew(plan: ImportPlan, change: Partial<ImportPlan>): ImportPlan {
  return { ...plan, ...change, columns: [] };
}

/** Whether something goes on by itself. */
export const isAtWork = (state: string): boolean => state === "running" || state === "undoing";

/** Whether it changes by itself: what a stopped import added comes into the lists afterwards. */
export const isAwaited = ({ state, unlisted }: Pick<ContactImport, "state" | "unlisted">) =>
  isAtWork(state) || unlisted > 0;
