// Asks before a number is erased, and says what goes and what stays.
import { List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AskDialog } from "@/theme/AskDialog";

const GOES = ["calls", "waiting", "contacts", "texts"] as const;
const STAYS = ["crm", "sync", "backups"] as const;

export function EraseNumberDialog(props: {
  number: string;
  busy: boolean;
  error: unknown;
  onClose(): void;
  onConfirm(): void;
}) {
  const { t } = useTranslation();
  return (
    <AskDialog
      opened
      onClose={props.onClose}
      title={t("data.number.ask", { number: props.number })}
      confirm={t("data.number.confirm")}
      danger
      busy={props.busy}
      error={props.error}
      onConfirm={props.onConfirm}
    >
      <Stack gap="xs">
        <Text fw={600}>{t("data.number.goes")}</Text>
        <List fz="sm" spacing={4}>
          {GOES.map((what) => (
            <List.Item key={what}>{t(`data.number.goes_${what}`)}</List.Item>
          ))}
        </List>
        <Text fw={600}>{t("data.number.stays")}</Text>
        <List fz="sm" spacing={4}>
          {STAYS.map((what) => (
            <List.Item key={what}>{t(`data.number.stays_${what}`)}</List.Item>
          ))}
        </List>
      </Stack>
    </AskDialog>
  );
}
