// The first administrator's form; country and time zone start from the browser's own.
import { Button, PasswordInput, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { setUpQuery } from "@/api/queries";
import type { Language, SetUp } from "@/api/types";
import { sessionQuery } from "@/session/query";
import { localeOf } from "@/texts/lookup";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { CountrySelect, TimeZoneSelect } from "../settings/PlaceSelects";
import { guessCountry, guessTimeZone } from "../settings/places";

export function SetUpForm({ token }: { token: string }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: {
      name: "",
      email: "",
      password: "",
      country: guessCountry(navigator.languages),
      time_zone: guessTimeZone(),
    },
    validate: {
      name: (value) => (value.trim() ? null : t("problems.required")),
      email: (value) => (value.includes("@") ? null : t("problems.email_invalid")),
      password: (value) => (value.length >= 10 ? null : t("session.password_short")),
      country: (value) => (value ? null : t("problems.required")),
      time_zone: (value) => (value ? null : t("problems.required")),
    },
  });
  const setUp = useMutation({
    mutationFn: (body: SetUp) => answer(api.POST("/api/v1/set-up", { body })),
    onSuccess: (session) => {
      queries.setQueryData(setUpQuery.queryKey, { needed: false });
      queries.setQueryData(sessionQuery.queryKey, session);
      void navigate({ to: "/" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        setUp.mutate({
          ...values,
          name: values.name.trim(),
          email: values.email.trim(),
          token,
          language: localeOf(i18n) as Language,
        }),
      )}
    >
      <Stack>
        <ProblemNotice error={setUp.error} />
        <TextInput
          label={t("session.your_name")}
          autoComplete="name"
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("labels.email")}
          type="email"
          autoComplete="username"
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={t("session.password")}
          description={t("session.password_hint")}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} className="lc-even">
          <CountrySelect {...form.getInputProps("country")} />
          <TimeZoneSelect {...form.getInputProps("time_zone")} />
        </SimpleGrid>
        <Button type="submit" loading={setUp.isPending}>
          {t("session.create")}
        </Button>
      </Stack>
    </form>
  );
}
