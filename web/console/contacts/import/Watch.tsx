// The third step: how far it is, and a way to stop.
import { Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { importsQuery } from "@/api/queries";
import type { ContactImport } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ImportCounts } from "./ImportCounts";

export function Watch({ of }: { of: ContactImport }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { id, phonebook, file_name, state, done, added, undone, unlisted } = of;
  const cancel = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/imports/{id}/cancel", { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: importsQuery(phonebook).queryKey }),
  });
  const share = state === "undoing" ? undone / Math.max(added, 1) : done;
  const percent = new Intl.NumberFormat(localeOf(i18n), { style: "percent" }).format(share);
  const title = t(`contact_imports.at_work.${state === "undoing" ? "undoing" : "running"}`, {
    name: file_name,
  });
  return (
    <Paper p="lg">
      <Stack>
        <Text fw={600} className="lc-wrap">
          {title}
        </Text>
        <Progress value={share * 100} aria-label={percent} transitionDuration={400} />
        <Group justify="space-between">
          <ImportCounts of={of} />
          <Text fz="sm" fw={600}>
            {percent}
          </Text>
        </Group>
        <Text fz="sm" c="dimmed">
          {t("contact_imports.at_work_text")}{" "}
          {unlisted > 0 ? t("contact_imports.unlisted_running") : null}
        </Text>
        <ProblemNotice error={cancel.error} />
        {state === "running" ? (
          <Group>
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t("contact_imports.cancel")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Paper>
  );
}
