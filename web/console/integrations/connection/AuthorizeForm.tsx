// Home address, redirect URI and credentials of one CRM; the fields come from its connector.
import {
  Button,
  Group,
  Paper,
  PasswordInput,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import type { CrmConnection, CrmField } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { fieldErrors } from "@/texts/problem";
import { CopyField } from "@/theme/CopyText";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ConsentWaiting } from "./ConsentWaiting";
import { redirectUri } from "./redirectUri";
import type { Changes, Consent } from "./useConsent";

export interface AuthorizeFormProps {
  connection: CrmConnection;
  consent: Consent;
  /** The addresses to pick from, and the one picked: the steps beside the form show it too. */
  homes: readonly string[];
  home: string;
  onHome(home: string): void;
}

export function AuthorizeForm(props: AuthorizeFormProps) {
  const { connection, consent, homes, home, onHome } = props;
  const { t } = useTranslation();
  const secrets = connection.fields.filter(({ kind }) => kind === "secret");
  const open = connection.fields.filter(({ kind }) => kind !== "secret");
  const form = useForm({
    initialValues: {
      settings: Object.fromEntries(
        open.map(({ name, default: start }) => [name, connection.settings[name] ?? start ?? ""]),
      ) as Record<string, string>,
      secrets: Object.fromEntries(secrets.map(({ name }) => [name, ""])) as Record<string, string>,
    },
    validate: (values) => ({
      ...Object.fromEntries(
        open
          .filter(({ name }) => !values.settings[name]?.trim())
          .map(({ name }) => [`settings.${name}`, t("problems.required")]),
      ),
      ...Object.fromEntries(
        secrets
          .filter(({ name }) => !values.secrets[name] && connection.secrets[name] !== "set")
          .map(({ name }) => [`secrets.${name}`, t("problems.required")]),
      ),
    }),
  });
  const changes = (values: typeof form.values): Changes => ({
    home_address: home,
    settings: trimmed(values.settings),
    // An absent secret is kept as it is.
    secrets: Object.fromEntries(Object.entries(trimmed(values.secrets)).filter(([, text]) => text)),
    version: connection.version ?? null,
  });
  const failed = (thrown: unknown) => form.setErrors(fieldErrors(t, Problem.from(thrown)));
  const save = form.onSubmit((values) => {
    consent.save(changes(values)).then(() => {
      notifications.show({ message: t("actions.saved"), color: "teal" });
    }, failed);
  });
  const saveAndAuthorize = form.onSubmit((values) => {
    consent.saveAndAuthorize(changes(values), t("crm.opening")).catch(failed);
  });
  return (
    <Paper p="lg">
      <form noValidate onSubmit={save}>
        <Stack gap="lg">
          <ProblemNotice error={consent.error} />
          <Stack>
            <Title order={2}>{t("crm.network")}</Title>
            <Select
              label={t("crm.home_address")}
              description={t("crm.home_address_hint", { name: connection.name })}
              data={[...new Set([...homes, home])]}
              allowDeselect={false}
              value={home}
              onChange={(picked) => {
                if (picked) onHome(picked);
              }}
              error={form.errors.home_address}
            />
            <CopyField
              label={t("crm.redirect_uri")}
              description={t("crm.redirect_uri_hint", { name: connection.name })}
              value={redirectUri(connection, home)}
            />
          </Stack>
          <Stack>
            <Title order={2}>{t("crm.authorization")}</Title>
            {open.map((field) => (
              <TextInput
                key={field.name}
                label={label(field)}
                description={textOr(t, "crm.fields", `${field.name}_hint`, "") || undefined}
                spellCheck={false}
                autoComplete="off"
                {...form.getInputProps(`settings.${field.name}`)}
              />
            ))}
            {secrets.map((field) => (
              <PasswordInput
                key={field.name}
                label={label(field)}
                description={
                  connection.secrets[field.name] === "set" ? t("crm.secret_set") : undefined
                }
                autoComplete="new-password"
                {...form.getInputProps(`secrets.${field.name}`)}
              />
            ))}
          </Stack>
          <Stack gap={6}>
            <Group>
              <Button type="button" loading={consent.saving} onClick={() => saveAndAuthorize()}>
                {t("crm.save_and_authorize")}
              </Button>
              <Button type="submit" variant="default" disabled={consent.saving}>
                {t("actions.save")}
              </Button>
            </Group>
            <Text fz="sm" c="dimmed">
              {t("crm.authorize_hint", { name: connection.name })}
            </Text>
          </Stack>
          <ConsentWaiting name={connection.name} consent={consent} />
        </Stack>
      </form>
    </Paper>
  );

  function label(field: CrmField): string {
    return textOr(t, "crm.fields", field.name, field.name);
  }
}

function trimmed(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.trim()]));
}
