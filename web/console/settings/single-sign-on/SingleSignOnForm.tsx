// The identity provider's form. The client secret never comes back.
import {
  Button,
  Group,
  Paper,
  PasswordInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { accountsQuery, singleSignOnQuery } from "@/api/queries";
import type { SingleSignOn } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { signInWaysQuery } from "@/session/query";
import { fieldErrors } from "@/texts/problem";
import { CopyField } from "@/theme/CopyText";
import { ProblemNotice } from "@/theme/ProblemNotice";

const NEWCOMERS = ["refused", "agents"] as const;

export function SingleSignOnForm({ settings }: { settings: SingleSignOn }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery);
  const filled = (value: string) => (value.trim() ? null : t("problems.required"));
  const form = useForm({
    initialValues: {
      enabled: settings.enabled,
      name: settings.name,
      issuer: settings.issuer,
      client_id: settings.client_id,
      client_secret: "",
      newcomers: settings.newcomers as string,
      password_only_for: settings.password_only_for,
    },
    validate: { name: filled, issuer: filled, client_id: filled },
  });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const save = useMutation({
    mutationFn: ({ newcomers, client_secret, ...values }: typeof form.values) =>
      answer(
        api.PUT("/api/v1/single-sign-on", {
          body: {
            ...values,
            newcomers: NEWCOMERS.find((one) => one === newcomers) ?? "refused",
            // Left out it stays as it is.
            client_secret: client_secret === "" ? null : client_secret,
            version: settings.version,
          },
        }),
      ),
    onSuccess: (saved) => {
      isKept();
      queries.setQueryData(singleSignOnQuery.queryKey, saved);
      notifications.show({ message: t("actions.saved"), color: "teal" });
      return queries.invalidateQueries({ queryKey: signInWaysQuery.queryKey });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const admins = (accounts.data ?? [])
    .filter(({ role, disabled }) => role === "admin" && !disabled)
    .map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }));
  return (
    <Paper p="lg">
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <ProblemNotice error={save.error} />
          <CopyField
            label={t("sign_on.fields.redirect")}
            description={t("sign_on.fields.redirect_hint")}
            value={settings.redirect_uri}
          />
          <TextInput
            label={t("sign_on.fields.issuer")}
            description={t("sign_on.fields.issuer_hint")}
            inputMode="url"
            spellCheck={false}
            {...form.getInputProps("issuer")}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
            <TextInput
              label={t("sign_on.fields.client_id")}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps("client_id")}
            />
            <PasswordInput
              label={t("sign_on.fields.client_secret")}
              description={settings.has_client_secret ? t("sign_on.fields.secret_set") : undefined}
              autoComplete="new-password"
              {...form.getInputProps("client_secret")}
            />
          </SimpleGrid>
          <TextInput
            label={t("sign_on.fields.name")}
            description={t("sign_on.fields.name_hint")}
            {...form.getInputProps("name")}
          />
          <Radio.Group
            label={t("sign_on.fields.newcomers")}
            description={t("sign_on.fields.newcomers_hint")}
            {...form.getInputProps("newcomers")}
          >
            <Stack gap={8} mt={6}>
              {NEWCOMERS.map((one) => (
                <Radio key={one} value={one} label={t(`sign_on.newcomers.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Select
            label={t("sign_on.fields.password_only_for")}
            description={t("sign_on.fields.password_only_for_hint")}
            placeholder={t("sign_on.everybody")}
            data={admins}
            clearable
            clearButtonProps={{ "aria-label": t("sign_on.everybody") }}
            {...form.getInputProps("password_only_for")}
          />
          <Switch
            label={t("sign_on.fields.enabled")}
            {...form.getInputProps("enabled", { type: "checkbox" })}
          />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("actions.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
