// One Asterisk: state, form, and beside it what to write into its manager.conf.
import { Divider, Grid, Group, Paper, Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PhoneSystem } from "@/api/types";
import { AsteriskForm } from "./AsteriskForm";
import { EndpointsSection } from "./endpoints/EndpointsSection";
import { LinkLine } from "./LinkLine";
import { ManagerConfHint } from "./ManagerConfHint";
import { RemoveButton } from "./RemoveButton";

export interface AsteriskCardProps {
  /** Absent: one that is being added. */
  system?: PhoneSystem;
  onDone?(): void;
}

export function AsteriskCard({ system, onDone }: AsteriskCardProps) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <Title order={2} className="lc-wrap">
            {system?.name ?? t("phone.add")}
          </Title>
          {system ? <RemoveButton system={system} /> : null}
        </Group>
        {system ? <LinkLine link={system.link} /> : null}
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <AsteriskForm key={system?.version} system={system} onDone={onDone} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <ManagerConfHint username={system?.settings.username || "linecard"} />
          </Grid.Col>
        </Grid>
        {system ? (
          <>
            <Divider />
            <EndpointsSection key={system.version} system={system} />
          </>
        ) : null}
      </Stack>
    </Paper>
  );
}
