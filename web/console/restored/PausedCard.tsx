// What stands still since a restore, and the way to let it go on.
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { healthQuery, pausedQuery } from "@/api/queries";
import type { PausedConnection } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { AskDialog } from "@/theme/AskDialog";
import "@/theme/laterStyles";

export function PausedCard() {
  // Its texts are those of the pages behind Home.
  useTranslation("later");
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [asked, ask] = useState<PausedConnection[]>([]);
  const paused = useQuery(pausedQuery);
  const confirm = useMutation({
    mutationFn: (meant: PausedConnection[]) =>
      answer(
        api.POST("/api/v1/paused-connections/confirm", { body: { ids: meant.map((it) => it.id) } }),
      ),
    onSuccess: async (left) => {
      queries.setQueryData(pausedQuery.queryKey, left);
      ask([]);
      await queries.invalidateQueries({ queryKey: healthQuery.queryKey });
    },
  });
  const all = paused.data ?? [];
  if (all.length === 0) return null;
  const number = new Intl.NumberFormat(localeOf(i18n));
  return (
    <Paper p="lg" component="section" aria-label={t("data.paused.title")}>
      <Stack>
        <Title order={2}>{t("data.paused.title")}</Title>
        <Text fz="sm">{t("data.paused.text")}</Text>
        {all.map((one) => (
          <Group key={one.id} justify="space-between">
            <div>
              <Text fw={600} className="lc-wrap">
                {one.name}
              </Text>
              {one.what === "crm" ? (
                <Text fz="sm" c="dimmed">
                  {t("data.paused.waiting", { n: number.format(one.waiting) })}
                </Text>
              ) : null}
            </div>
            <Button
              variant="default"
              aria-label={t("data.paused.confirm_one", { name: one.name })}
              onClick={() => ask([one])}
            >
              {t("data.paused.confirm")}
            </Button>
          </Group>
        ))}
        <Group>
          <Button onClick={() => ask(all)}>{t("data.paused.confirm_all")}</Button>
        </Group>
      </Stack>
      <AskDialog
        opened={asked.length > 0}
        onClose={() => ask([])}
        title={t("data.paused.ask")}
        confirm={t("data.paused.ask_confirm")}
        busy={confirm.isPending}
        error={confirm.error}
        onConfirm={() => confirm.mutate(asked)}
      >
        {t("data.paused.ask_text", { names: asked.map((it) => it.name).join(", ") })}
      </AskDialog>
    </Paper>
  );
}
