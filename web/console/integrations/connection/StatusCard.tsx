// The status line of a CRM connection: state, who is signed in, what waits, what is wrong.
import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import { CrmState } from "../CrmState";
import { AuthorizationFailed } from "./ConsentResult";
import { UsageText } from "./UsageText";

export function StatusCard({ connection }: { connection: CrmConnection }) {
  const { t, i18n } = useTranslation();
  const { problem, last_authorization: last, status } = connection;
  const facts: [string, ReactNode][] = [];
  if (connection.organisation) facts.push([t("crm.organisation"), connection.organisation]);
  if (connection.user) facts.push([t("crm.signed_in_as"), connection.user]);
  if (status !== "not_connected") {
    facts.push([t("crm.waiting"), connection.waiting]);
    facts.push([
      t("crm.parked"),
      connection.parked > 0 ? (
        <Anchor
          key="calls"
          fw={550}
          renderRoot={(props) => <Link to="/calls/not-written" {...props} />}
        >
          {connection.parked}
        </Anchor>
      ) : (
        0
      ),
    ]);
    facts.push([t("crm.usage.title"), <UsageText key="usage" usage={connection.usage} />]);
  }
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Group gap="sm">
          <Text fz="sm" c="dimmed">
            {t("labels.status")}
          </Text>
          <CrmState status={status} />
        </Group>
        {problem ? (
          <Notice
            tone="bad"
            title={t(`crm.attention.${problem.what}`)}
            words={problem.words}
            advice={problem.advice}
          >
            {t(`crm.attention.${problem.what}_do`)}{" "}
            {t("crm.attention.since", {
              time: new Intl.DateTimeFormat(localeOf(i18n), {
                dateStyle: "medium",
                timeStyle: "short",
              }).format(new Date(problem.since)),
            })}{" "}
            {problem.until
              ? t("crm.attention.until", {
                  time: new Intl.DateTimeFormat(localeOf(i18n), {
                    dateStyle: "medium",
                    timeStyle: "short",
                  }).format(new Date(problem.until)),
                })
              : null}
          </Notice>
        ) : null}
        {connection.closing ? (
          <Notice tone="info" title={t("crm.closing", { n: String(connection.waiting) })} />
        ) : null}
        {!problem && status === "not_connected" && last && !last.ok ? (
          <AuthorizationFailed result={last} />
        ) : null}
        {facts.length > 0 ? (
          <Group component="dl" m={0} align="flex-start" gap="md" className="lc-crm-facts">
            {facts.map(([label, value]) => (
              <div key={label}>
                <Text component="dt" fz="sm" c="dimmed">
                  {label}
                </Text>
                {/* Whole: an id is copied from here, and a colleague at a phone has no pointer. */}
                <Text component="dd" m={0} fw={550} className="lc-wrap">
                  {value}
                </Text>
              </div>
            ))}
          </Group>
        ) : null}
      </Stack>
    </Paper>
  );
}
