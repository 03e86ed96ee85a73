// Home address, redirect URI and credentials of one CRM; Save goes on to the CRM itself.
import { Button, Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import type { CrmConnection } from "@/api/types";
import { fieldErrors } from "@/texts/problem";
import { CopyField } from "@/theme/CopyText";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ConsentWaiting } from "./ConsentWaiting";
import { CrmFields } from "./CrmFields";
import { CrmWait } from "./CrmWait";
import { signInWith } from "./fields";
import { redirectUri } from "./redirectUri";
import type { Changes, Consent } from "./useConsent";
import { type FilledIn, type FilledInForm, filledIn } from "./useFilledIn";

export interface AuthorizeFormProps {
  connection: CrmConnection;
  consent: Consent;
  form: FilledInForm;
  /** The addresses to pick from, and the one picked: the steps beside the form show it too. */
  homes: readonly string[];
  home: string;
  onHome(home: string): void;
}

export function AuthorizeForm(props: AuthorizeFormProps) {
  const { connection, consent, form, home } = props;
  const { t } = useTranslation();
  const { name } = connection;
  const onPage = signInWith(connection, form.values.settings) === "consent";
  const changes = (values: FilledIn): Changes => ({
    home_address: home,
    ...filledIn(values),
    version: connection.version ?? null,
  });
  const failed = (thrown: unknown) => form.setErrors(fieldErrors(t, Problem.from(thrown)));
  const save = form.onSubmit((values) => {
    consent.save(changes(values)).then(() => {
      notifications.show({ message: t("actions.saved"), color: "teal" });
    }, failed);
  });
  const goOn = form.onSubmit((values) => {
    const going = onPage
      ? consent.saveAndAuthorize(changes(values), t("crm.opening"))
      : consent.saveAndConnect(changes(values));
    going.catch(failed);
  });
  return (
    <Paper p="lg">
      <form noValidate onSubmit={save}>
        <Stack gap="lg">
          <ProblemNotice error={consent.error} />
          {onPage ? <Addresses {...props} /> : null}
          <Stack>
            <Title order={2}>{t("crm.authorization")}</Title>
            <CrmFields connection={connection} form={form} />
          </Stack>
          <Stack gap={6}>
            <Group>
              <Button type="button" loading={consent.saving} onClick={() => goOn()}>
                {onPage ? t("crm.save_and_authorize") : t("crm.save_and_connect")}
              </Button>
              <Button type="submit" variant="default" disabled={consent.saving}>
                {t("actions.save")}
              </Button>
            </Group>
            <Text fz="sm" c="dimmed">
              {onPage ? t("crm.authorize_hint", { name }) : t("crm.connect_hint", { name })}
            </Text>
          </Stack>
          <CrmWait name={name} waiting={consent.saving} />
          <ConsentWaiting name={name} consent={consent} />
        </Stack>
      </form>
    </Paper>
  );
}

/** Only a consent page sends the browser back, so only it needs to know where to (A8, A9). */
function Addresses({ connection, form, homes, home, onHome }: AuthorizeFormProps) {
  const { t } = useTranslation();
  const { name } = connection;
  return (
    <Stack>
      <Title order={2}>{t("crm.network")}</Title>
      <Select
        label={t("crm.home_address")}
        description={t("crm.home_address_hint", { name })}
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
        description={t("crm.redirect_uri_hint", { name })}
        value={redirectUri(connection, home)}
      />
    </Stack>
  );
}
