// What to do while the consent is given in the other tab, right below the button that opened it.
import { Anchor, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Consent } from "./useConsent";

export function ConsentWaiting({ name, consent }: { name: string; consent: Consent }) {
  const { t } = useTranslation();
  const { state, stop } = consent;
  if (state.step !== "waiting") return null;
  return (
    <Group gap="md" wrap="nowrap" align="flex-start" role="status">
      <Loader size="sm" mt={4} aria-hidden />
      <Stack gap={6} align="flex-start">
        <Text fw={650}>{t("crm.waiting_consent")}</Text>
        <Text fz="sm" c="dimmed">
          {state.blocked ? t("crm.tab_blocked") : t("crm.waiting_consent_text", { name })}
        </Text>
        <Group gap="md">
          <Anchor href={state.url} target="_blank" rel="noopener" fz="sm">
            {t("crm.open_consent")}
          </Anchor>
          <Button variant="subtle" size="compact-sm" color="gray" onClick={stop}>
            {t("crm.stop_waiting")}
          </Button>
        </Group>
      </Stack>
    </Group>
  );
}
