// The dialog with the result of a consent, shown by the page that waited for it (A11, A20).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { Dialog } from "@/theme/Dialog";
import { Notice } from "@/theme/Notice";
import type { Consent, ConsentTold } from "./useConsent";

export interface ConsentResultProps {
  connection: CrmConnection;
  consent: Consent;
  /** Goes on to what comes next. */
  onBind(): void;
}

export function ConsentResult({ connection, consent, onBind }: ConsentResultProps) {
  const { t } = useTranslation();
  const { state, tell, stop } = consent;
  const last = connection.last_authorization ?? null;
  const arrived = state.step === "waiting" && last !== null && last.at !== state.before;
  useEffect(() => {
    if (arrived) tell(last);
  }, [arrived, last, tell]);
  const result = state.step === "told" ? state.result : null;
  const { name } = connection;
  const title = () => {
    if (result?.ok) return t("crm.result_ok", { name });
    // A denied consent leaves a connection that was there as it was.
    if (connection.status === "connected") return t("crm.result_unchanged", { name });
    return t("crm.result_failed", { name });
  };
  return (
    <Dialog
      opened={result !== null}
      onClose={stop}
      title={title()}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        {result?.ok ? (
          <Text>{t("crm.result_ok_text")}</Text>
        ) : (
          <AuthorizationFailed result={result} />
        )}
        <Group justify="flex-end">
          <Button
            variant={result?.ok ? "default" : "filled"}
            onClick={stop}
            data-autofocus={!result?.ok || undefined}
          >
            {t("actions.ok")}
          </Button>
          {result?.ok ? (
            <Button
              data-autofocus
              onClick={() => {
                stop();
                onBind();
              }}
            >
              {t("crm.bind_users")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Why consent did not work: our sentence by code, what we know about it, and the CRM's words as text. */
export function AuthorizationFailed({ result }: { result: ConsentTold | null }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="bad"
      title={t("crm.consent_failed")}
      words={result?.words}
      advice={result?.advice}
    >
      {textOr(t, "problems", result?.code, t("problems.crm_failed"))}
    </Notice>
  );
}
