// One Asterisk: state, form, and beside it what to write into its manager.conf.
import { Divider, Grid, Group, Paper, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { phoneSystemsQuery } from "@/api/queries";
import type { PhoneSystem } from "@/api/types";
import { Edited } from "@/editing/Edited";
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
  const edited = useQuery({
    ...phoneSystemsQuery,
    select: (list) => list.find(({ id }) => id === system?.id),
  });
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
            {system ? (
              <Edited of={edited} version={(it) => it.version}>
                {(held) => <AsteriskForm system={held} />}
              </Edited>
            ) : (
              <AsteriskForm onDone={onDone} />
            )}
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <ManagerConfHint username={system?.settings.username || "linecard"} />
          </Grid.Col>
        </Grid>
        {system ? (
          <>
            <Divider />
            <Edited of={edited} version={(it) => it.version}>
              {(held) => <EndpointsSection system={held} />}
            </Edited>
          </>
        ) : null}
      </Stack>
    </Paper>
  );
}
