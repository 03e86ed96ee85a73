// A failed request as a message in the reader's language.
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { localeOf } from "@/texts/lookup";
import { changedText, problemText } from "@/texts/problem";
import { Notice } from "./Notice";

export function ProblemNotice({ error, title }: { error: unknown; title?: string }) {
  const { t, i18n } = useTranslation();
  if (!error) return null;
  const problem = Problem.from(error);
  const changed = changedText(t, problem, localeOf(i18n));
  return (
    <Notice tone="bad" title={title ?? t("problems.title")} words={problem.words}>
      {changed ?? problemText(t, problem)}
      {changed ? <ShowTheirs /> : null}
    </Notice>
  );
}

/** What was typed stays until the reader asks for what the other has saved. */
function ShowTheirs() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Group mt="xs">
      <Button size="xs" variant="default" onClick={() => void queries.invalidateQueries()}>
        {t("actions.show_theirs")}
      </Button>
    </Group>
  );
}
