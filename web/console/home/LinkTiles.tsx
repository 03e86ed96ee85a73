// The state of each phone system and of each CRM, leading to its page.
import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CrmTile, PhoneSystem } from "@/api/types";
import { StatusDot } from "@/theme/StatusDot";
import { CrmState } from "../integrations/CrmState";
import { linkTone } from "../phone-system/LinkLine";

export function PhoneLinks({ systems }: { systems: PhoneSystem[] }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("console.home.phone_system")}
      </Title>
      <Stack gap="md">
        {systems.map(({ id, kind, name, link }) => (
          <div key={id}>
            <Anchor
              fw={600}
              display="block"
              className="lc-cut"
              renderRoot={(props) => <Link to="/phone-system" {...props} />}
            >
              {kind === "demo" ? t("phone.demo") : name}
            </Anchor>
            <StatusDot tone={linkTone(link)}>{t(`phone.state.${link.state}`)}</StatusDot>
            {[link.problem, ...link.notices].map((problem) =>
              problem ? (
                <Text key={problem.kind} fz="sm" c="dimmed">
                  {t(`phone.problem.${problem.kind}`)}
                </Text>
              ) : null,
            )}
          </div>
        ))}
        {systems.length === 0 ? <Text c="dimmed">{t("console.home.no_phone_system")}</Text> : null}
      </Stack>
    </Paper>
  );
}

export function CrmLinks({ tiles }: { tiles: CrmTile[] }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("console.home.crm")}
      </Title>
      <Stack gap="md">
        {tiles.map(({ kind, name, status }) => (
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
          </div>
        ))}
        {tiles.length === 0 ? <Text c="dimmed">{t("console.home.no_crm")}</Text> : null}
      </Stack>
    </Paper>
  );
}
