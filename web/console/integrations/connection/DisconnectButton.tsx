// Disconnects a CRM; the dialog says what is lost and what stays, and asks what becomes of calls
// that wait to be written (H3, H4, H6).
import { Button, Radio, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmTilesQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";
import { IconPlugConnectedX } from "@/theme/icons";

type Waiting = "send_first" | "discard";

export function DisconnectButton({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const [choice, setChoice] = useState<Waiting>("send_first");
  const { kind, name, status } = connection;
  const waiting = connection.waiting + connection.parked;
  const canSend = status === "connected" && connection.waiting > 0;
  const chosen: Waiting = canSend ? choice : "discard";
  const disconnect = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE("/api/v1/crm/{kind}", {
          params: { path: { kind }, query: waiting > 0 ? { waiting: chosen } : {} },
        }),
      ),
    onSuccess: async ({ state, writes }) => {
      await queries.invalidateQueries({ queryKey: crmTilesQuery.queryKey });
      // Calls have come to wait meanwhile: the dialog asks about them now.
      if (state === "asks") return;
      close();
      const message =
        state === "sending"
          ? t("crm.disconnect_sending", { name, n: String(writes) })
          : t("crm.disconnected", { name });
      notifications.show({ message, color: "gray" });
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
          {canSend ? (
            <Radio.Group
              aria-label={t("crm.disconnect_what")}
              value={choice}
              onChange={(to) => setChoice(to === "discard" ? "discard" : "send_first")}
            >
              <Stack gap={6}>
                <Radio value="send_first" label={t("crm.disconnect_send_first")} />
                <Radio value="discard" label={t("crm.disconnect_discard")} />
              </Stack>
            </Radio.Group>
          ) : waiting > 0 ? (
            <Text>{t("crm.disconnect_cannot_send")}</Text>
          ) : null}
          <Text>{t("crm.disconnect_stays", { name })}</Text>
        </Stack>
      </AskDialog>
    </>
  );
}
