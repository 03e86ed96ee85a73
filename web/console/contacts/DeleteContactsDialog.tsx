// Deletes contacts, after asking.
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { phonebooksQuery } from "@/api/queries";
import { AskDialog } from "@/theme/AskDialog";

export interface DeleteContactsDialogProps {
  contacts: string[];
  onClose(): void;
  onDone(): void;
}

export function DeleteContactsDialog({ contacts, onClose, onDone }: DeleteContactsDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/contacts/delete", { body: { contacts } })),
    onSuccess: ({ deleted }) => {
      onClose();
      onDone();
      notifications.show({ message: t("contacts.deleted", { count: deleted }), color: "teal" });
      return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("contacts.delete_contacts", { count: contacts.length })}
      confirm={t("actions.delete")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      {t("contacts.delete_contacts_text")}
    </AskDialog>
  );
}
