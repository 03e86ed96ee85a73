// Asks the provider that is saved what it is, and says what it answered.
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { textOr } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function SingleSignOnTest() {
  const { t } = useTranslation();
  const test = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/single-sign-on/test")),
  });
  const problem = test.data?.problem;
  return (
    <Paper p="lg">
      <Stack>
        <Title order={2}>{t("sign_on.test")}</Title>
        <Text fz="sm" c="dimmed">
          {t("sign_on.test_text")}
        </Text>
        <Group>
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {t("sign_on.test")}
          </Button>
        </Group>
        <div aria-live="polite">
          <ProblemNotice error={test.error} />
          {test.data && !problem ? <Notice title={t("sign_on.test_good")} /> : null}
          {problem ? (
            <Notice tone="bad" title={t("sign_on.test_bad")} words={problem.words}>
              {textOr(t, "sign_on.problem", problem.kind, problem.kind)}
            </Notice>
          ) : null}
        </div>
      </Stack>
    </Paper>
  );
}
