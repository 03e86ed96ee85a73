// The CRMs that run beside the demo, and what to fill in to connect to each.
import { Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DemoCrm } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { CopyCode } from "@/theme/CopyText";
import { IconExternalLink } from "@/theme/icons";

export function StandIns({ crms }: { crms: readonly DemoCrm[] }) {
  const { t } = useTranslation();
  if (crms.length === 0) return null;
  return (
    <Paper p="lg">
      <Stack>
        <div>
          <Title order={2}>{t("outside.crms")}</Title>
          <Text fz="sm" c="dimmed">
            {t("outside.crms_text")}
          </Text>
        </div>
        {crms.map(({ kind, name, page, settings }) => (
          <section key={kind} aria-label={name}>
            <Group gap="md" mb={4}>
              <Title order={3}>{name}</Title>
              <Anchor href={page} target="_blank" rel="noopener noreferrer" fz="sm">
                {t("outside.crm_pages")} <IconExternalLink size={13} aria-hidden />
              </Anchor>
              <Anchor href={`/integrations/crm/${kind}`} fz="sm">
                {t("outside.crm_connect")}
              </Anchor>
            </Group>
            <dl className="lc-settings">
              {settings.map((setting) => {
                const label = textOr(t, `crm_fields.${kind}`, setting.name, setting.name);
                return (
                  <div key={setting.name}>
                    <Text component="dt" fz="sm" c="dimmed">
                      {label}
                    </Text>
                    <dd>
                      <CopyCode value={setting.value} label={`${name}: ${label}`} />
                    </dd>
                  </div>
                );
              })}
            </dl>
          </section>
        ))}
      </Stack>
    </Paper>
  );
}
