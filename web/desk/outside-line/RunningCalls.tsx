// The simulated calls that live now, with what their outside party can do.
import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { demoQuery } from "@/api/queries";
import type { DemoCall } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { StatusDot } from "@/theme/StatusDot";

export function RunningCalls({ calls }: { calls: DemoCall[] }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Title order={2} mb="xs">
        {t("outside.running")}
      </Title>
      {calls.length === 0 ? (
        <Text c="dimmed">{t("outside.running_none")}</Text>
      ) : (
        <ul className="lc-running">
          {calls.map((call) => (
            <Running key={call.call} call={call} />
          ))}
        </ul>
      )}
    </Paper>
  );
}

function Running({ call }: { call: DemoCall }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const path = { params: { path: { call: call.call } } };
  const act = useMutation({
    mutationFn: (what: "answer" | "hang-up") =>
      answer(
        what === "answer"
          ? api.POST("/api/v1/demo/calls/{call}/answer", path)
          : api.POST("/api/v1/demo/calls/{call}/hang-up", path),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: demoQuery.queryKey }),
  });
  return (
    <li>
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600} className="lc-wrap">
            {call.from || t("calls.withheld")} → {call.to}
          </Text>
          <StatusDot tone={call.state === "talking" ? "good" : "warn"}>
            {t(`outside.${call.state}`)}
          </StatusDot>
        </div>
        <Group gap="xs">
          {call.can_answer ? (
            <Button size="xs" variant="light" onClick={() => act.mutate("answer")}>
              {t("outside.outside_answers")}
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={() => act.mutate("hang-up")}>
            {t("outside.outside_hangs_up")}
          </Button>
        </Group>
      </Group>
      <ProblemNotice error={act.error} />
    </li>
  );
}
