// Removes a phone system, after asking.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { phoneSystemsQuery } from "@/api/queries";
import type { PhoneSystem } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export function RemoveButton({ system }: { system: PhoneSystem }) {
  const { t } = useTranslation();
  const [asking, { open, close }] = useDisclosure(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/phone-systems/{id}", { params: { path: { id: system.id } } })),
    onSuccess: () => {
      close();
      return queries.invalidateQueries({ queryKey: phoneSystemsQuery.queryKey });
    },
  });
  return (
    <>
      <Button variant="subtle" color="red" size="xs" onClick={open}>
        {t("phone.remove")}
      </Button>
      <AskDialog
        opened={asking}
        onClose={close}
        title={t("phone.remove_title", { name: system.name })}
        confirm={t("phone.remove")}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t("phone.remove_text")}
      </AskDialog>
    </>
  );
}
