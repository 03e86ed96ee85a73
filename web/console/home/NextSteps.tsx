// What is left to set up, in the order in which it makes sense.
import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  accountsQuery,
  crmTilesQuery,
  crmUsersQuery,
  extensionsQuery,
  phoneSystemsQuery,
} from "@/api/queries";
import { IconCircle, IconCircleCheck } from "@/theme/icons";
import { type Known, type Step, stepsToDo } from "./steps";

export function NextSteps() {
  const { t } = useTranslation();
  const steps = useSteps();
  if (!steps || steps.every(({ done }) => done)) return null;
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("console.home.next")}
      </Title>
      <Stack gap="md" component="ol" m={0} p={0} className="lc-plain">
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </Stack>
    </Paper>
  );
}

function StepLine({ step }: { step: Step }) {
  const { t } = useTranslation();
  const Icon = step.done ? IconCircleCheck : IconCircle;
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm" display="flex">
      <Icon
        size={22}
        role="img"
        aria-label={step.done ? t("console.home.done") : t("console.home.to_do")}
        color={step.done ? "var(--linecard-good)" : "var(--mantine-color-dimmed)"}
      />
      <div>
        <Anchor
          fw={600}
          c={step.done ? "dimmed" : undefined}
          renderRoot={(props) => <Link to={step.to} {...props} />}
        >
          {t(`console.home.step_${step.name}`)}
        </Anchor>
        <Text fz="sm" c="dimmed">
          {t(`console.home.step_${step.name}_text`)}
        </Text>
      </div>
    </Group>
  );
}

/** `null` until everything is read: steps that jump from open to done would mislead. */
function useSteps(): Step[] | null {
  const systems = useQuery(phoneSystemsQuery).data;
  const extensions = useQuery(extensionsQuery).data;
  const accounts = useQuery(accountsQuery).data;
  const tiles = useQuery(crmTilesQuery).data;
  const connected = (tiles ?? []).filter(({ status }) => status === "connected");
  const users = useQueries({ queries: connected.map(({ kind }) => crmUsersQuery(kind)) });
  if (!systems || !extensions || !accounts || !tiles) return null;
  const known: Known = {
    phoneLinked: systems.some(({ link }) => link.state === "up"),
    extensions: extensions.length,
    crmConnected: connected.length > 0,
    bound: users.some(({ data }) =>
      data?.users.some(({ extensions, groups }) => extensions.length + groups.length > 0),
    ),
    invited: accounts.some(({ extension }) => Boolean(extension)),
  };
  return stepsToDo(known);
}
