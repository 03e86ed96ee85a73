// Says which phones and lines belong to nobody, and lets an admin assign them on the spot.
import { Box, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endpointsQuery, phoneSystemsQuery } from "@/api/queries";
import type { PhoneEndpoint, PhoneSystem } from "@/api/types";
import { Dialog } from "@/theme/Dialog";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { firstNames, inOrder } from "./assignments";
import { EndpointRows } from "./EndpointRows";
import { useAssigning } from "./useAssigning";

/** One notice per phone system that has such; nothing while all is well. */
export function Unassigned() {
  const systems = useQuery({ ...phoneSystemsQuery, refetchInterval: 5_000 });
  const real = (systems.data ?? []).filter(
    ({ link, abilities }) => link.state === "up" && !abilities.simulation,
  );
  return (
    <>
      {real.map((system) => (
        <OfSystem key={system.id} system={system} />
      ))}
    </>
  );
}

function OfSystem({ system }: { system: PhoneSystem }) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const endpoints = useQuery(endpointsQuery(system));
  const nobody = (endpoints.data ?? []).filter(({ owner }) => owner === "unassigned");
  const { names, more } = firstNames(nobody);
  if (nobody.length === 0) return null;
  return (
    <Box mb="md">
      <Notice tone="warn" title={t("endpoints.nobody", { count: nobody.length })}>
        <Stack gap="xs" align="flex-start">
          <span className="lc-wrap">
            {t("endpoints.nobody_text", {
              names: more > 0 ? t("endpoints.and_more", { names, count: more }) : names,
            })}
          </span>
          <Button size="xs" variant="default" onClick={dialog.open}>
            {t("endpoints.assign")}
          </Button>
        </Stack>
      </Notice>
      {opened ? <AssignDialog system={system} endpoints={nobody} onClose={dialog.close} /> : null}
    </Box>
  );
}

interface AssignDialogProps {
  system: PhoneSystem;
  endpoints: PhoneEndpoint[];
  onClose(): void;
}

function AssignDialog({ system, endpoints, onClose }: AssignDialogProps) {
  const { t } = useTranslation();
  const assigning = useAssigning(system, onClose);
  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={t("endpoints.assign_title")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <ProblemNotice error={assigning.save.error} />
        <EndpointRows
          endpoints={inOrder(endpoints)}
          choices={assigning.choices}
          onChoose={assigning.choose}
        />
        <Text fz="sm" c="dimmed">
          {t("endpoints.save_hint")}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button
            disabled={!assigning.ready}
            loading={assigning.save.isPending}
            onClick={() => assigning.save.mutate()}
          >
            {t("actions.save")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
