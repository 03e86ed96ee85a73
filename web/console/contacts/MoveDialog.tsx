// Moves contacts to another phonebook that people can change.
import { Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { phonebooksQuery } from "@/api/queries";
import type { Phonebook } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export interface MoveDialogProps {
  from: Phonebook;
  contacts: string[];
  onClose(): void;
  onDone(): void;
}

export function MoveDialog({ from, contacts, onClose, onDone }: MoveDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const phonebooks = useQuery(phonebooksQuery);
  const targets = (phonebooks.data ?? []).filter(
    ({ id, read_only }) => id !== from.id && !read_only,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const to = chosen ?? targets[0]?.id;
  const move = useMutation({
    mutationFn: (phonebook: string) =>
      answer(api.POST("/api/v1/contacts/move", { body: { contacts, phonebook } })),
    onSuccess: ({ moved }) => {
      onClose();
      onDone();
      notifications.show({ message: t("contacts.moved", { count: moved }), color: "teal" });
      return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("contacts.move_title", { count: contacts.length })}
      confirm={t("contacts.move")}
      busy={move.isPending}
      error={move.error}
      onConfirm={() => (to ? move.mutate(to) : setMissing(true))}
    >
      <Select
        label={t("contacts.move_to")}
        allowDeselect={false}
        data={targets.map(({ id, name }) => ({ value: id, label: name }))}
        disabled={targets.length === 0}
        description={targets.length === 0 ? t("contacts.move_nowhere") : undefined}
        error={missing && targets.length > 0 ? t("problems.required") : undefined}
        value={to ?? null}
        onChange={setChosen}
      />
    </AskDialog>
  );
}
