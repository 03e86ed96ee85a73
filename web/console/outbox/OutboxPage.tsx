// What waits to be written into CRMs, and what they refused, with another try (X6).
import { Anchor, Button, Group, Paper, SegmentedControl, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { outboxQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconCircleCheck, IconRefresh } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { More } from "@/theme/More";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { PageHead } from "../shell/PageHead";
import { OutboxRow } from "./OutboxRow";
import "../calls/calls.css";

const LISTS = ["parked", "waiting"] as const;

export function OutboxPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [which, setWhich] = useState<(typeof LISTS)[number]>("parked");
  const outbox = useInfiniteQuery({
    ...outboxQuery(which),
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : 3_000),
  });
  const again = () => queries.invalidateQueries({ queryKey: ["outbox"] });
  const all = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/outbox/replay")),
    onSuccess: async ({ jobs }) => {
      await again();
      notifications.show({ message: t("outbox.replayed", { n: String(jobs) }), color: "teal" });
    },
  });
  const one = useMutation({
    mutationFn: (id: string) =>
      answer(api.POST("/api/v1/outbox/{id}/replay", { params: { path: { id } } })),
    onSettled: again,
  });
  return (
    <>
      <PageHead title={t("outbox.title")} text={t("outbox.intro")}>
        <Anchor renderRoot={(props) => <Link to="/calls" {...props} />} fz="sm">
          {t("calls.title")}
        </Anchor>
      </PageHead>
      <Group justify="space-between" mb="md">
        <SegmentedControl
          aria-label={t("outbox.which")}
          value={which}
          onChange={(to) => setWhich(LISTS.find((it) => it === to) ?? "parked")}
          data={LISTS.map((value) => ({ value, label: t(`outbox.${value}`) }))}
        />
        {which === "parked" ? (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={all.isPending}
            onClick={() => all.mutate()}
          >
            {t("outbox.replay_all")}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={all.error ?? one.error} />
      <Loaded of={outbox}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.jobs);
          if (list.length === 0) {
            return (
              <Empty
                icon={IconCircleCheck}
                title={t(`outbox.none_${which}`)}
                text={t("outbox.none_text")}
              />
            );
          }
          return (
            <>
              <Paper component="ul" className="lc-calls">
                {list.map((job) => (
                  <OutboxRow
                    key={job.id}
                    job={job}
                    busy={one.isPending && one.variables === job.id}
                    onReplay={() => one.mutate(job.id)}
                  />
                ))}
              </Paper>
              <More of={outbox} text={t("calls.more")} />
            </>
          );
        }}
      </Loaded>
      <Text fz="sm" c="dimmed" mt="md">
        {t("outbox.hint")}
      </Text>
    </>
  );
}
