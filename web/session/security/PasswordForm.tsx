// Chooses one's own password.
import { Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { secondFactorQuery } from "./query";

export function PasswordForm({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { current: "", password: "" },
    validate: {
      current: (text) => (hasPassword && !text ? t("problems.required") : null),
      password: (text) => (text.length >= 10 ? null : t("session.password_short")),
    },
  });
  const change = useMutation({
    mutationFn: ({ current, password }: typeof form.values) =>
      answer(
        api.PUT("/api/v1/session/password", {
          body: { password, ...(hasPassword ? { current } : {}) },
        }),
      ),
    onSuccess: () => {
      form.reset();
      notifications.show({ message: t("security.password_changed"), color: "teal" });
      return queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack>
        <div>
          <Title order={3}>{t("security.password")}</Title>
          <Text fz="sm" c="dimmed">
            {t("security.password_text")}
          </Text>
        </div>
        {hasPassword ? (
          <PasswordInput
            label={t("security.current")}
            autoComplete="current-password"
            {...form.getInputProps("current")}
          />
        ) : null}
        <PasswordInput
          label={t("security.new_password")}
          description={t("session.password_hint")}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <ProblemNotice error={change.error} />
        <Button type="submit" variant="default" loading={change.isPending}>
          {t("security.change_password")}
        </Button>
      </Stack>
    </form>
  );
}
