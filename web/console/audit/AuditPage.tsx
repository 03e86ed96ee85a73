// Who did what, from where, and what came of it: the newest first.
import { Anchor, Button, Group, Paper, ScrollArea, Table, Text, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { auditQuery } from "@/api/queries";
import { localeOf, textOr } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { Empty } from "@/theme/Empty";
import { IconFileExport, IconPhoneOutgoing } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { More } from "@/theme/More";
import { PageHead } from "../shell/PageHead";

/** The account of what was done with a command on the server: nobody's. */
const COMMAND = "00000000-0000-0000-0000-000000000000";
/** What may be a whole IP address; whether it is one the server says. */
const isAddress = (text: string) => /^(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*)$/i.test(text);

export function AuditPage() {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState("");
  const address = isAddress(typed.trim()) ? typed.trim() : null;
  const audit = useInfiniteQuery(auditQuery(address));
  return (
    <>
      <PageHead title={t("audit.title")} text={t("audit.intro")}>
        <Button
          component="a"
          variant="default"
          href={`/api/v1/audit/export${address ? `?address=${encodeURIComponent(address)}` : ""}`}
          download
          leftSection={<IconFileExport size={17} aria-hidden />}
        >
          {t("audit.export")}
        </Button>
      </PageHead>
      <Group mb="md">
        <TextInput
          label={t("audit.from")}
          placeholder="192.0.2.7"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={typed.trim() && !address ? t("audit.no_address") : null}
          maxLength={45}
          w={260}
        />
      </Group>
      <Loaded of={audit}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          if (entries.length === 0) {
            return (
              <Empty
                icon={IconPhoneOutgoing}
                title={address ? t("audit.none_from") : t("audit.none")}
                text={address ? t("audit.none_from_text") : t("audit.none_text")}
              />
            );
          }
          return (
            <>
              <Paper>
                <ScrollArea
                  viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("audit.title") }}
                >
                  <Table verticalSpacing="sm" horizontalSpacing="lg" miw={960}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>{t("audit.at")}</Table.Th>
                        <Table.Th>{t("audit.who")}</Table.Th>
                        <Table.Th>{t("audit.address")}</Table.Th>
                        <Table.Th miw={190}>{t("audit.what")}</Table.Th>
                        <Table.Th miw={250}>{t("audit.result_label")}</Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {entries.map((entry) => (
                        <Table.Tr key={entry.id}>
                          <Table.Td className="lc-nowrap">
                            {momentText(entry.at, localeOf(i18n))}
                          </Table.Td>
                          <Table.Td>
                            {entry.account_name ??
                              t(entry.account === COMMAND ? "audit.by_command" : "audit.gone")}
                            <Text span inherit c="dimmed" ms={6}>
                              {entry.extension}
                            </Text>
                          </Table.Td>
                          <Table.Td className="lc-nowrap">
                            {entry.address ? (
                              <Anchor
                                component="button"
                                type="button"
                                inherit
                                onClick={() => setTyped(entry.address ?? "")}
                                title={t("audit.only_from", { address: entry.address })}
                              >
                                {entry.address}
                              </Anchor>
                            ) : (
                              "–"
                            )}
                          </Table.Td>
                          <Table.Td className="lc-wrap">
                            {textOr(t, "audit.kind", entry.kind, entry.kind, {
                              number: entry.number ?? "",
                              subject: entry.subject ?? "",
                              amount: `${entry.amount ?? ""}`,
                            })}
                          </Table.Td>
                          <Table.Td>
                            {entry.result === null
                              ? t("audit.unknown")
                              : textOr(t, "audit.result", entry.result, entry.result)}
                          </Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                </ScrollArea>
              </Paper>
              <More of={audit} text={t("audit.more")} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
