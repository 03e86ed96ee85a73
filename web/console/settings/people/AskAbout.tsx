// A question before something is taken from a person.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { accountsQuery, extensionsQuery } from "@/api/queries";
import type { Account } from "@/api/types";
import { AskDialog } from "@/theme/AskDialog";

export type Deed = "disable" | "remove" | "reset";

export function AskAbout(props: { deed: Deed; person: Account; onClose(): void }) {
  const { deed, person, onClose } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const params = { path: { id: person.id } };
  const act = useMutation({
    mutationFn: async () => {
      if (deed === "disable") {
        await answer(api.POST("/api/v1/accounts/{id}/disable", { params }));
      } else if (deed === "remove") {
        await answer(api.DELETE("/api/v1/accounts/{id}", { params }));
      } else {
        await answer(api.DELETE("/api/v1/accounts/{id}/second-factor", { params }));
      }
    },
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: extensionsQuery.queryKey });
    },
  });
  return (
    <AskDialog
      opened
      onClose={onClose}
      title={t(`people.${deed}_title`, { name: person.name })}
      confirm={t(`people.${deed}`)}
      danger
      busy={act.isPending}
      error={act.error}
      onConfirm={() => act.mutate()}
    >
      {t(`people.${deed}_text`)}
    </AskDialog>
  );
}
