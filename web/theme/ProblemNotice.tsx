// A failed request as a message in the reader's language.
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { Meeting } from "@/editing/Meeting";
import { localeOf } from "@/texts/lookup";
import { changedText, problemText } from "@/texts/problem";
import { Notice } from "./Notice";

export function ProblemNotice({ error, title }: { error: unknown; title?: string }) {
  const { t, i18n } = useTranslation();
  if (!error) return null;
  const problem = Problem.from(error);
  const changed = changedText(t, problem, localeOf(i18n));
  return (
    <Notice
      tone="bad"
      title={title ?? t("problems.title")}
      words={problem.words}
      advice={problem.advice}
    >
      {changed ?? problemText(t, problem)}
      {problem.code === "changed_meanwhile" ? <Meeting /> : null}
    </Notice>
  );
}
