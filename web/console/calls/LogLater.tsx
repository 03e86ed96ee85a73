// Has a call written that was not when it ended (B8): its extension is bound by now, for example.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { CALLS } from "@/api/queries";
import type { CallEntry } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function LogLater({ entry }: { entry: CallEntry }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const log = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/entries/{key}/log", { params: { path: { key: entry.key } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: CALLS });
      notifications.show({ message: t("calls.log_later_done"), color: "teal" });
    },
  });
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        ml={-8}
        loading={log.isPending}
        onClick={() => log.mutate()}
      >
        {t("calls.log_later")}
      </Button>
      <ProblemNotice error={log.error} />
    </>
  );
}
