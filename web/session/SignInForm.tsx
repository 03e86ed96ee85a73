// E-mail and password; used by the Console and by Desk.
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Session } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { sessionQuery } from "./query";

export function SignInForm({ onSignedIn }: { onSignedIn?: (session: Session) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "", code: "" },
    validate: {
      email: (value) => (value.trim() ? null : t("problems.required")),
      password: (value) => (value ? null : t("problems.required")),
    },
  });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string; code: string | null }) =>
      answer(api.POST("/api/v1/session", { body })),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      onSignedIn?.(session);
    },
  });
  const problem = signIn.error instanceof Problem ? signIn.error.code : null;
  // Once asked for, the field stays: a wrong password may come after it.
  const asked = useRef(false);
  asked.current ||= problem === "code_needed" || problem === "wrong_code";
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ email, password, code }) =>
        signIn.mutate({ email: email.trim(), password, code: code.trim() || null }),
      )}
    >
      <Stack>
        {problem === "code_needed" ? null : <ProblemNotice error={signIn.error} />}
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
        {asked.current ? (
          <TextInput
            label={t("security.sign_in_code")}
            description={t("security.sign_in_code_hint")}
            autoComplete="one-time-code"
            autoFocus
            key={form.key("code")}
            {...form.getInputProps("code")}
          />
        ) : null}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t("session.sign_in")}
        </Button>
      </Stack>
    </form>
  );
}
