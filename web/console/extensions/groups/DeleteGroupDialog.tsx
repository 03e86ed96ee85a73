// Removes a group of extensions, after asking.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { extensionGroupsQuery } from "@/api/queries";
import type { ExtensionGroup } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function DeleteGroupDialog({ group, onClose }: { group: ExtensionGroup; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/extension-groups/{id}", { params: { path: { id: group.id } } })),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: extensionGroupsQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("phone.groups.delete_title", { name: group.name })}
      confirm={t("actions.delete")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      {t("phone.groups.delete_text")}
    </AskDialog>
  );
}
