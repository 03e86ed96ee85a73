// Deletes a phonebook with its contacts, after asking.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { phonebooksQuery } from "@/api/queries";
import type { Phonebook } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function DeletePhonebookDialog(props: { phonebook: Phonebook; onClose(): void }) {
  const { phonebook, onClose } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/phonebooks/{id}", { params: { path: { id: phonebook.id } } })),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("contacts.delete_title", { name: phonebook.name })}
      confirm={t("actions.delete")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      {t("contacts.delete_text", { count: phonebook.contacts })}
    </AskDialog>
  );
}
