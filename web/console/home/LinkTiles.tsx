// The state of each phone system and of each CRM, leading to its page.
import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Health } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { StatusDot } from "@/theme/StatusDot";
import { CrmState } from "../integrations/CrmState";
import { linkTone } from "../phone-system/LinkLine";

export function PhoneLinks({ systems }: { systems: Health["phone_systems"] }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg" className="lc-links">
      <Title order={2} mb="md">
        {t("console.home.phone_system")}
      </Title>
      <Stack gap="md">
        {systems.map(({ id, kind, name, link }) => (
          <div key={id}>
            <Anchor
              fw={600}
              display="block"
              className="lc-wrap"
              renderRoot={(props) => <Link to="/phone-system" {...props} />}
            >
              {kind === "demo" ? t("phone.demo") : name}
            </Anchor>
            <StatusDot tone={linkTone(link)}>{t(`phone.state.${link.state}`)}</StatusDot>
          </div>
        ))}
        {systems.length === 0 ? (
          <Anchor renderRoot={(props) => <Link to="/phone-system" {...props} />}>
            {t("health.links_none")}
          </Anchor>
        ) : null}
      </Stack>
    </Paper>
  );
}

export function CrmLinks({ connections }: { connections: Health["connections"] }) {
  const { t } = useTranslation();
  const joined = connections.filter(({ status }) => status !== "not_connected");
  return (
    <Paper p="lg" className="lc-links">
      <Title order={2} mb="md">
        {t("console.home.crm")}
      </Title>
      <Stack gap="md">
        {joined.map(({ kind, name, status, usage }) => (
          <div key={kind}>
            <Anchor
              fw={600}
              display="block"
              renderRoot={(props) => (
                <Link to="/integrations/crm/$kind" params={{ kind }} {...props} />
              )}
            >
              {name}
            </Anchor>
            <CrmState status={status} />
            {usage ? <Quota usage={usage} /> : null}
          </div>
        ))}
        {joined.length === 0 ? (
          <Anchor renderRoot={(props) => <Link to="/integrations/crm" {...props} />}>
            {t("health.crms_none")}
          </Anchor>
        ) : null}
      </Stack>
    </Paper>
  );
}

type Usage = NonNullable<Health["connections"][number]["usage"]>;

function Quota({ usage: { used, limit } }: { usage: Usage }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(localeOf(i18n));
  return (
    <Text fz="sm" c="dimmed">
      {limit == null
        ? t("console.home.quota", { used: number.format(used) })
        : t("console.home.quota_of", { used: number.format(used), limit: number.format(limit) })}
    </Text>
  );
}
