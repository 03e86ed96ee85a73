// Keeps one group of a CRM's settings, and says so.
import { notifications } from "@mantine/notifications";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useKept } from "@/editing/editing";

/** `put` sends the group and answers it as it is kept; `queryKey` is where the page reads it. */
export function useKeep<Sent, Kept = Sent>(
  queryKey: QueryKey,
  put: (group: Sent) => Promise<Kept>,
) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isKept = useKept();
  return useMutation({
    mutationFn: put,
    onSuccess: (kept) => {
      isKept();
      queries.setQueryData(queryKey, kept);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
  });
}
