// A failed request as a message in the reader's language.
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { problemText } from "@/texts/problem";
import { Notice } from "./Notice";

export function ProblemNotice({ error, title }: { error: unknown; title?: string }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = Problem.from(error);
  return (
    <Notice tone="bad" title={title ?? t("problems.title")} words={problem.words}>
      {problemText(t, problem)}
    </Notice>
  );
}
