// One's own devices, from the account menu of the Console and of Desk.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { localeOf } from "@/texts/lookup";
import { Dialog } from "@/theme/Dialog";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ownDevicesQuery } from "./query";

export function DevicesDialog({ onClose }: { onClose(): void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const devices = useQuery(ownDevicesQuery);
  const revoke = useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/v1/session/devices/{id}", { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ownDevicesQuery.queryKey }),
  });
  const time = new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("devices.title")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("devices.own_text")}
        </Text>
        <ProblemNotice error={revoke.error} />
        <Loaded of={devices}>
          {(list) =>
            list.length === 0 ? (
              <Text>{t("devices.own_none")}</Text>
            ) : (
              list.map((device) => (
                <Group key={device.id} justify="space-between" wrap="nowrap">
                  <div>
                    <Text fw={550}>{device.name}</Text>
                    <Text fz="sm" c="dimmed">
                      {t("devices.last_seen")}: {time.format(new Date(device.last_seen))}
                    </Text>
                  </div>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${t("devices.revoke")}: ${device.name}`}
                    loading={revoke.isPending && revoke.variables === device.id}
                    onClick={() => revoke.mutate(device.id)}
                  >
                    {t("devices.revoke")}
                  </Button>
                </Group>
              ))
            )
          }
        </Loaded>
      </Stack>
    </Dialog>
  );
}
