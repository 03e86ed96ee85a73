// Makes one contact of several: which of them stays is chosen here.
import { Radio, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { phonebooksQuery } from "@/api/queries";
import type { Contact } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function MergeDialog({ contacts, onClose }: { contacts: Contact[]; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [keep, setKeep] = useState(contacts[0]?.id ?? "");
  const kept = contacts.find(({ id }) => id === keep);
  const merge = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/contacts/merge", {
          body: {
            keep,
            version: kept?.version ?? 0,
            others: contacts.map(({ id }) => id).filter((id) => id !== keep),
          },
        }),
      ),
    onSuccess: () => {
      onClose();
      notifications.show({ message: t("contacts.duplicates.merged"), color: "teal" });
      return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t("contacts.duplicates.merge_title")}
      confirm={t("contacts.duplicates.merge")}
      busy={merge.isPending}
      error={merge.error}
      onConfirm={() => merge.mutate()}
    >
      <Stack>
        <Text fz="sm">{t("contacts.duplicates.merge_text")}</Text>
        <Radio.Group label={t("contacts.duplicates.keep")} value={keep} onChange={setKeep}>
          <Stack gap={8} mt={6}>
            {contacts.map(({ id, name, company, numbers }) => (
              <Radio
                key={id}
                value={id}
                label={[name, company].filter(Boolean).join(", ")}
                description={numbers.map(({ written, shown }) => shown ?? written).join(", ")}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
    </AskDialog>
  );
}
