// Who is told when something needs a person, and what does now (X7).
import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { alertSettingsQuery, alertsQuery, mailQuery } from "@/api/queries";
import type { RaisedAlert } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { localeOf, textOr } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { Loaded } from "@/theme/Loaded";
import { Notice } from "@/theme/Notice";
import { Said } from "@/theme/Said";
import { StatusDot } from "@/theme/StatusDot";
import { PageHead } from "../../shell/PageHead";
import { AlertsForm } from "./AlertsForm";

export function AlertsPage() {
  const { t } = useTranslation();
  const settings = useQuery({ ...alertSettingsQuery, staleTime: Number.POSITIVE_INFINITY });
  const alerts = useQuery({ ...alertsQuery, refetchInterval: 15_000 });
  const mail = useQuery(mailQuery);
  return (
    <>
      <PageHead title={t("alerts.title")} text={t("alerts.intro")} />
      <Stack gap="lg" maw={720}>
        <Paper p="lg">
          <Title order={2} mb="sm">
            {t("alerts.now")}
          </Title>
          <Loaded of={alerts}>
            {({ alerts: open }) =>
              open.length === 0 ? (
                <StatusDot tone="good">{t("alerts.none")}</StatusDot>
              ) : (
                <Stack gap="md">
                  {open.map((alert) => (
                    <OpenAlert key={`${alert.kind} ${alert.name}`} alert={alert} />
                  ))}
                </Stack>
              )
            }
          </Loaded>
        </Paper>
        {mail.data?.server === null ? (
          <Notice tone="warn" title={t("alerts.no_mail")}>
            {t("alerts.no_mail_text")}{" "}
            <Anchor fz="sm" renderRoot={(props) => <Link to="/settings/mail" {...props} />}>
              {t("alerts.set_up_mail")}
            </Anchor>
          </Notice>
        ) : null}
        <Edited of={settings} version={(it) => it.version}>
          {(read) => <AlertsForm settings={read} />}
        </Edited>
      </Stack>
    </>
  );
}

function OpenAlert({ alert }: { alert: RaisedAlert }) {
  const { t, i18n } = useTranslation();
  return (
    <div>
      <StatusDot tone="bad">
        {`${alert.name}: ${textOr(t, "alerts.kind", alert.kind, alert.kind)}`}
      </StatusDot>
      <Said words={alert.words} advice={alert.advice} />
      <Text fz="sm" c="dimmed">
        {t("alerts.since", { time: momentText(alert.since, localeOf(i18n)) })} ·{" "}
        {alert.mailed ? t("alerts.mailed") : t("alerts.not_mailed")}
      </Text>
      <Anchor fz="sm" href={alert.page}>
        {t("alerts.way_out")}
      </Anchor>
    </div>
  );
}
