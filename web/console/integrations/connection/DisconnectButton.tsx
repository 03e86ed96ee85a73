// Disconnects a CRM; the dialog says what is lost and what stays (H3, H4, H6).
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmTilesQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";
import { IconPlugConnectedX } from "@/theme/icons";

export function DisconnectButton({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const { kind, name, waiting } = connection;
  const disconnect = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/crm/{kind}", { params: { path: { kind } } })),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: crmTilesQuery.queryKey });
      notifications.show({ message: t("crm.disconnected", { name }), color: "gray" });
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<IconPlugConnectedX size={17} />} onClick={open}>
        {t("crm.disconnect")}
      </Button>
      <AskDialog
        opened={asking}
        onClose={close}
        title={t("crm.disconnect_title", { name })}
        confirm={t("crm.disconnect")}
        danger
        busy={disconnect.isPending}
        error={disconnect.error}
        onConfirm={() => disconnect.mutate()}
      >
        <Stack gap="sm">
          <Text>{t("crm.disconnect_lost", { name })}</Text>
          {waiting > 0 ? (
            <Text fw={650}>{t("crm.disconnect_waiting", { count_waiting: String(waiting) })}</Text>
          ) : null}
          <Text>{t("crm.disconnect_stays", { name })}</Text>
        </Stack>
      </AskDialog>
    </>
  );
}
