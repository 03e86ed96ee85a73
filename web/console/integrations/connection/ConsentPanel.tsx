// While the consent is given in the other tab, and the dialog with its result (A11).
import { Anchor, Button, Group, Loader, Modal, Paper, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Authorization, CrmConnection } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import type { Consent } from "./useConsent";

export function ConsentPanel(props: { connection: CrmConnection; consent: Consent }) {
  const { connection, consent } = props;
  const { t } = useTranslation();
  const [result, setResult] = useState<Authorization | null>(null);
  const { state, stop } = consent;
  const last = connection.last_authorization ?? null;
  const before = state.step === "waiting" ? state.before : null;
  const arrived = state.step === "waiting" && last !== null && last.at !== before;
  useEffect(() => {
    if (!arrived) return;
    setResult(last);
    stop();
  }, [arrived, last, stop]);
  const name = connection.name;
  return (
    <>
      {state.step === "waiting" && !arrived ? (
        <Paper p="lg" role="status">
          <Group gap="md" wrap="nowrap" align="flex-start">
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
        </Paper>
      ) : null}
      <Modal
        opened={result !== null}
        onClose={() => setResult(null)}
        title={result?.ok ? t("crm.result_ok", { name }) : t("crm.result_failed", { name })}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Stack>
          {result?.ok ? (
            <Text>{t("crm.result_ok_text")}</Text>
          ) : (
            <AuthorizationFailed result={result} />
          )}
          <Group justify="flex-end">
            <Button onClick={() => setResult(null)} data-autofocus>
              {t("common.ok")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** Why consent did not work: our sentence by code, and the CRM's words as text. */
export function AuthorizationFailed({ result }: { result: Authorization | null }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="bad"
      title={textOr(t, "problems", result?.code, t("problems.refused"))}
      words={result?.words}
    />
  );
}
