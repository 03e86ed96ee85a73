// Which CRM comes first when several are connected (A2).
import { ActionIcon, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmTilesQuery } from "@/api/queries";
import type { CrmTile } from "@/api/types";
import { IconArrowDown, IconArrowUp } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { moved } from "./order";

export function OrderCard({ tiles }: { tiles: readonly CrmTile[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { queryKey } = crmTilesQuery;
  const keep = useMutation({
    mutationFn: (order: string[]) => answer(api.PUT("/api/v1/crm-order", { body: { order } })),
    onSuccess: (fresh) => queries.setQueryData(queryKey, fresh),
    // Somebody else may have changed it: show what it is now.
    onError: () => queries.invalidateQueries({ queryKey, exact: true }),
  });
  const kinds = tiles.map(({ kind }) => kind);
  return (
    <Paper p="lg">
      <Stack gap="sm">
        <div>
          <Title order={2}>{t("crm.order.title")}</Title>
          <Text c="dimmed" fz="sm">
            {t("crm.order.text")}
          </Text>
        </div>
        <ProblemNotice error={keep.error} />
        <ol className="lc-order">
          {tiles.map(({ kind, name }, at) => (
            <li key={kind}>
              <Text span c="dimmed" fz="sm" miw="2.5em">
                {t("crm.order.place", { n: String(at + 1) })}
              </Text>
              <Text span fw={550} flex={1} className="lc-cut">
                {name}
              </Text>
              <Group gap={4} wrap="nowrap">
                <ActionIcon
                  variant="default"
                  aria-label={t("crm.order.up", { name })}
                  disabled={at === 0 || keep.isPending}
                  onClick={() => keep.mutate(moved(kinds, at, at - 1))}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={t("crm.order.down", { name })}
                  disabled={at === tiles.length - 1 || keep.isPending}
                  onClick={() => keep.mutate(moved(kinds, at, at + 1))}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
              </Group>
            </li>
          ))}
        </ol>
      </Stack>
    </Paper>
  );
}
