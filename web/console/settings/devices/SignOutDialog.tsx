// Signs an agent's device out, after asking.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { devicesQuery } from "@/api/queries";
import type { Device } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function SignOutDialog({ of, onClose }: { of: Device; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/devices/{id}", { params: { path: { id: of.id } } })),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: devicesQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("devices.revoke_title", { name: of.name })}
      confirm={t("devices.revoke")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
    >
      {t("devices.revoke_text")}
    </AskDialog>
  );
}
