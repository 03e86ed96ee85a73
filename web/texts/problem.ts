// A problem as a sentence in the reader's language, and its fields' problems for a form.
import type { TFunction } from "i18next";
import type { Problem } from "@/api/problem";
import { textOr } from "./lookup";

/** Who changed the same thing meanwhile, and when; `null` where that is not the problem. */
export function changedText(t: TFunction, problem: Problem, locale: string): string | null {
  if (problem.code !== "changed_meanwhile" || !problem.changed) return null;
  const { by, at } = problem.changed;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(at),
  );
  return by
    ? t("problems.changed_by", { name: by, time })
    : t("problems.changed_by_somebody", { time });
}

/** By `code` where we have the text, else the server's English sentence. */
export function problemText(t: TFunction, problem: Problem): string {
  return textOr(t, "problems", problem.code, problem.detail ?? t("problems.refused"));
}

/** `/settings/client_id` -> `settings.client_id`, as the forms name their fields. */
export function fieldErrors(t: TFunction, problem: Problem): Record<string, string> {
  return Object.fromEntries(
    problem.fields.map(({ path, code, detail }) => [
      path.replace(/^\//, "").replaceAll("/", "."),
      textOr(t, "problems", code, detail ?? t("problems.refused")),
    ]),
  );
}
