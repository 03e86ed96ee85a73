// The programs that act for agents, such as the extension for Chrome.
import { Button, Paper, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountsQuery, devicesQuery } from "@/api/queries";
import type { Device } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { Empty } from "@/theme/Empty";
import { IconPlug } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { SignOutDialog } from "./SignOutDialog";

export function DevicesPage() {
  const { t, i18n } = useTranslation();
  const devices = useQuery(devicesQuery);
  const accounts = useQuery(accountsQuery);
  const [leaving, setLeaving] = useState<Device | null>(null);
  const time = (at: string) => momentText(at, localeOf(i18n));
  return (
    <>
      <PageHead title={t("devices.title")} text={t("devices.intro")} />
      <Loaded of={devices}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconPlug} title={t("devices.none")} text={t("devices.none_text")} />
          ) : (
            <Paper>
              <Table.ScrollContainer
                minWidth={0}
                scrollAreaProps={{
                  viewportProps: { tabIndex: 0, role: "region", "aria-label": t("devices.title") },
                }}
              >
                <Table verticalSpacing="sm" horizontalSpacing="md">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t("devices.agent")}</Table.Th>
                      <Table.Th>{t("devices.name")}</Table.Th>
                      <Table.Th visibleFrom="sm">{t("devices.bound")}</Table.Th>
                      <Table.Th visibleFrom="sm">{t("devices.last_seen")}</Table.Th>
                      <Table.Th>
                        <span className="lc-unseen">{t("devices.revoke")}</span>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {list.map((device) => {
                      const agent =
                        accounts.data?.find(({ id }) => id === device.account_id)?.name ?? "–";
                      return (
                        <Table.Tr key={device.id}>
                          <Table.Td fw={550} className="lc-wrap">
                            {agent}
                          </Table.Td>
                          <Table.Td className="lc-wrap">
                            {device.name}
                            <Text fz="xs" c="dimmed" hiddenFrom="sm">
                              {t("devices.last_seen")}: {time(device.last_seen)}
                            </Text>
                          </Table.Td>
                          <Table.Td visibleFrom="sm">{time(device.bound)}</Table.Td>
                          <Table.Td visibleFrom="sm">{time(device.last_seen)}</Table.Td>
                          <Table.Td>
                            <Button
                              size="xs"
                              variant="default"
                              aria-label={`${t("devices.revoke")}: ${agent}, ${device.name}`}
                              onClick={() => setLeaving(device)}
                            >
                              {t("devices.revoke")}
                            </Button>
                          </Table.Td>
                        </Table.Tr>
                      );
                    })}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            </Paper>
          )
        }
      </Loaded>
      {leaving ? <SignOutDialog of={leaving} onClose={() => setLeaving(null)} /> : null}
    </>
  );
}
