// The end of a form: what went wrong, Save, and the way back to what is kept.
import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "@/theme/ProblemNotice";

export interface SaveRowProps {
  /** Whether there is something to save. */
  changed: boolean;
  busy: boolean;
  error: unknown;
  onDiscard(): void;
}

export function SaveRow({ changed, busy, error, onDiscard }: SaveRowProps) {
  const { t } = useTranslation();
  return (
    <>
      <ProblemNotice error={error} />
      <Group>
        <Button type="submit" disabled={!changed} loading={busy}>
          {t("actions.save")}
        </Button>
        {changed ? (
          <>
            <Button variant="subtle" color="gray" onClick={onDiscard}>
              {t("crm.users.discard")}
            </Button>
            <Text fz="sm" c="dimmed">
              {t("actions.unsaved")}
            </Text>
          </>
        ) : null}
      </Group>
    </>
  );
}
