// What is wrong, what needs somebody first, each with its way out.
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { HealthProblem } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { IconChevronRight, IconCircleCheck } from "@/theme/icons";
import { Said } from "@/theme/Said";
import { StatusDot } from "@/theme/StatusDot";
import "./health.css";
import { useProblemWords } from "./useProblemWords";

export interface ProblemListProps {
  problems: readonly HealthProblem[];
  /** Nothing is connected yet, so that nothing can be wrong. */
  fresh: boolean;
  /** No more than these are shown; the Health page has them all. */
  most?: number;
}

export function ProblemList({ problems, fresh, most = problems.length }: ProblemListProps) {
  const { t } = useTranslation();
  return (
    <Paper p="lg" className="lc-problems">
      <Title order={2} mb="md">
        {t("health.problems")}
      </Title>
      {problems.length === 0 && fresh ? <Text c="dimmed">{t("health.fresh")}</Text> : null}
      {problems.length === 0 && !fresh ? (
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconCircleCheck size={22} color="var(--linecard-good)" aria-hidden />
          <div>
            <Text fw={600}>{t("health.well")}</Text>
            <Text fz="sm" c="dimmed">
              {t("health.well_text")}
            </Text>
          </div>
        </Group>
      ) : null}
      {problems.length > 0 ? (
        <Stack component="ul" gap="lg" m={0} p={0} className="lc-plain">
          {problems.slice(0, most).map((problem) => (
            <Problem key={keyOf(problem)} problem={problem} />
          ))}
        </Stack>
      ) : null}
      {problems.length > most ? (
        <Button
          mt="md"
          size="xs"
          variant="subtle"
          renderRoot={(props) => <Link to="/health" {...props} />}
        >
          {t("health.more", { n: String(problems.length) })}
        </Button>
      ) : null}
    </Paper>
  );
}

function Problem({ problem }: { problem: HealthProblem }) {
  const { t, i18n } = useTranslation();
  const { title, todo, way } = useProblemWords()(problem);
  return (
    <li>
      <Group justify="space-between" gap="md" align="flex-start">
        <Stack gap={4} flex="1 1 20rem" miw={0}>
          <Group gap="sm">
            <StatusDot tone={problem.needs_person ? "bad" : "warn"}>
              {t(problem.needs_person ? "health.needs_person" : "health.passes")}
            </StatusDot>
            {problem.since ? (
              <Text fz="sm" c="dimmed">
                {t("labels.since", { time: momentText(problem.since, localeOf(i18n)) })}
              </Text>
            ) : null}
          </Group>
          <Text fw={600} className="lc-wrap">
            {title}
          </Text>
          <Text fz="sm">{todo}</Text>
          <Said words={problem.words} advice={problem.advice} />
        </Stack>
        {way ? (
          <Button
            size="xs"
            variant="default"
            rightSection={<IconChevronRight size={15} aria-hidden />}
            renderRoot={(props) => <Link to={way.to} params={way.params ?? {}} {...props} />}
          >
            {way.label}
          </Button>
        ) : null}
      </Group>
    </li>
  );
}

function keyOf({ what, subject, link, trouble }: HealthProblem): string {
  return [what, subject, link, trouble].join(" ");
}
