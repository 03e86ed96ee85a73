// E-mail and password; used by the Console and by Desk.
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { Session } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { sessionQuery } from "./query";

export function SignInForm({ onSignedIn }: { onSignedIn?: (session: Session) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() ? null : t("problems.required")),
      password: (value) => (value ? null : t("problems.required")),
    },
  });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      answer(api.POST("/api/v1/session", { body })),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      onSignedIn?.(session);
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ email, password }) =>
        signIn.mutate({ email: email.trim(), password }),
      )}
    >
      <Stack>
        <ProblemNotice error={signIn.error} />
        <TextInput
          label={t("labels.email")}
          type="email"
          autoComplete="username"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={t("session.password")}
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t("session.sign_in")}
        </Button>
      </Stack>
    </form>
  );
}
