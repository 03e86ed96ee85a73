// Switches the integration on and off; off asks first (H1, H2).
import { Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { crmTilesQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { problemText } from "@/texts/problem";
import { AskDialog } from "@/theme/AskDialog";

export function EnableSwitch({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const { kind, name } = connection;
  const enabled = connection.status !== "disabled";
  const turn = useMutation({
    mutationFn: (on: boolean) => {
      const path = { params: { path: { kind } } };
      return answer(
        on
          ? api.POST("/api/v1/crm/{kind}/enable", path)
          : api.POST("/api/v1/crm/{kind}/disable", path),
      );
    },
    onSuccess: async (_, on) => {
      close();
      await queries.invalidateQueries({ queryKey: crmTilesQuery.queryKey });
      notifications.show({
        message: on ? t("crm.enabled_now") : t("crm.disabled_now"),
        color: on ? "teal" : "gray",
      });
    },
    onError: (thrown, on) => {
      // Disabling shows its problem in the dialog; enabling has none.
      if (on) notifications.show({ message: problemText(t, Problem.from(thrown)), color: "red" });
    },
  });
  return (
    <>
      <Switch
        label={t("crm.enable", { name })}
        checked={enabled}
        disabled={turn.isPending}
        onChange={() => (enabled ? open() : turn.mutate(true))}
      />
      <AskDialog
        opened={asking}
        onClose={close}
        title={t("crm.disable_title", { name })}
        confirm={t("crm.disable")}
        busy={turn.isPending}
        error={turn.error}
        onConfirm={() => turn.mutate(false)}
      >
        {t("crm.disable_text")}
      </AskDialog>
    </>
  );
}
