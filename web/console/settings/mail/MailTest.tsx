// Sends a test mail over the server that is saved, and says what became of it.
import { Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { sessionQuery } from "@/session/query";
import { textOr } from "@/texts/lookup";
import { fieldErrors } from "@/texts/problem";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function MailTest() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  const form = useForm({ initialValues: { to: session.data?.account.email ?? "" } });
  const test = useMutation({
    mutationFn: (body: typeof form.values) => answer(api.POST("/api/v1/mail/test", { body })),
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const problem = test.data?.problem;
  return (
    <Paper p="lg">
      <form noValidate onSubmit={form.onSubmit((values) => test.mutate(values))}>
        <Stack>
          <Title order={2}>{t("mail.test")}</Title>
          <Text fz="sm" c="dimmed">
            {t("mail.test_text")}
          </Text>
          <Group align="flex-end">
            <TextInput
              label={t("mail.test_to")}
              inputMode="email"
              flex={1}
              miw={200}
              {...form.getInputProps("to")}
            />
            <Button type="submit" variant="default" loading={test.isPending}>
              {t("mail.test")}
            </Button>
          </Group>
          <div aria-live="polite">
            <ProblemNotice error={test.error} />
            {test.data && !problem ? <Notice title={t("mail.test_good")} /> : null}
            {problem ? (
              <Notice tone="bad" title={t("mail.test_bad")} words={problem.words}>
                {textOr(t, "mail.problem", problem.kind, problem.kind)}
              </Notice>
            ) : null}
          </div>
        </Stack>
      </form>
    </Paper>
  );
}
