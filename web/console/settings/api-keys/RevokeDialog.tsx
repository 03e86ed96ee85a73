// Takes a key back, after asking.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { apiKeysQuery } from "@/api/queries";
import type { ApiKey } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function RevokeDialog({ of, onClose }: { of: ApiKey; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/api-keys/{id}", { params: { path: { id: of.id } } })),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("keys.revoke_title", { name: of.name })}
      confirm={t("keys.revoke")}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
    >
      {t("keys.revoke_text")}
    </AskDialog>
  );
}
