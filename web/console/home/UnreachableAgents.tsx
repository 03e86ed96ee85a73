// The agents for whom no page can open now, because no client of theirs is signed in (D10).
import { Anchor, Paper, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Health } from "@/api/types";
import { StatusDot } from "@/theme/StatusDot";
import "../health/health.css";

/** With more of them the list is no list that anybody reads. */
const MOST = 24;

export function UnreachableAgents({ agents }: { agents: Health["unreachable_agents"] }) {
  const { t } = useTranslation();
  const more = agents.length - MOST;
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("console.home.unreachable")}
      </Title>
      {agents.length === 0 ? (
        <Text c="dimmed" fz="sm">
          {t("console.home.unreachable_none")}
        </Text>
      ) : (
        <ul className="lc-plain lc-agents">
          {agents.slice(0, MOST).map(({ extension, name, why }) => (
            <li key={extension}>
              <Anchor renderRoot={(props) => <Link to="/extensions" {...props} />}>
                {[extension, name].filter(Boolean).join(" ")}
              </Anchor>
              <span className="lc-agent-why">
                <StatusDot tone={why === "off_duty" || why === "on_break" ? "warn" : "idle"}>
                  {t(`console.home.why.${why}`)}
                </StatusDot>
              </span>
            </li>
          ))}
          {more > 0 ? (
            <li>
              <Text c="dimmed">{t("console.home.unreachable_more", { n: String(more) })}</Text>
            </li>
          ) : null}
        </ul>
      )}
    </Paper>
  );
}
