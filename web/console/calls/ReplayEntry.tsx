// Has an entry written again that the CRM refused (X6).
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { CALLS } from "@/api/queries";
import type { CallEntry } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function ReplayEntry({ entry }: { entry: CallEntry }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/entries/{key}/replay", { params: { path: { key: entry.key } } })),
    onSuccess: () => notifications.show({ message: t("calls.replayed"), color: "teal" }),
    onSettled: () => queries.invalidateQueries({ queryKey: CALLS }),
  });
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        ml={-8}
        loading={again.isPending}
        onClick={() => again.mutate()}
      >
        {t("calls.replay")}
      </Button>
      <ProblemNotice error={again.error} />
    </>
  );
}
