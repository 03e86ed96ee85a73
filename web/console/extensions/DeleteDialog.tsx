// Removes an extension, after asking.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { extensionsQuery } from "@/api/queries";
import type { Extension } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function DeleteDialog({ extension, onClose }: { extension: Extension; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE("/api/v1/extensions/{number}", {
          params: { path: { number: extension.number } },
        }),
      ),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: extensionsQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("phone.extensions.delete_title", { number: extension.number })}
      confirm={t("actions.delete")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      {t("phone.extensions.delete_text")}
    </AskDialog>
  );
}
