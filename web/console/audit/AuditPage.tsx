// Who placed which call by a click, what was refused, and who changed which phonebook: the newest
// first.
import { Button, Center, Paper, ScrollArea, Table, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { auditQuery } from "@/api/queries";
import { localeOf, textOr } from "@/texts/lookup";
import { Empty } from "@/theme/Empty";
import { IconPhoneOutgoing } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { startText } from "../calls/reading";
import { PageHead } from "../shell/PageHead";

/** The account of what was done with a command on the server: nobody's. */
const COMMAND = "00000000-0000-0000-0000-000000000000";

export function AuditPage() {
  const { t, i18n } = useTranslation();
  const audit = useInfiniteQuery(auditQuery);
  return (
    <>
      <PageHead title={t("audit.title")} text={t("audit.intro")} />
      <Loaded of={audit}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          if (entries.length === 0) {
            return (
              <Empty icon={IconPhoneOutgoing} title={t("audit.none")} text={t("audit.none_text")} />
            );
          }
          return (
            <>
              <Paper>
                <ScrollArea
                  viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("audit.title") }}
                >
                  <Table verticalSpacing="sm" horizontalSpacing="lg" miw={820}>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>{t("audit.at")}</Table.Th>
                        <Table.Th>{t("audit.who")}</Table.Th>
                        <Table.Th miw={190}>{t("audit.what")}</Table.Th>
                        <Table.Th miw={250}>{t("audit.result_label")}</Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      {entries.map((entry) => (
                        <Table.Tr key={entry.id}>
                          <Table.Td className="lc-nowrap">
                            {startText(entry.at, localeOf(i18n))}
                          </Table.Td>
                          <Table.Td>
                            {entry.account_name ??
                              t(entry.account === COMMAND ? "audit.by_command" : "audit.gone")}
                            <Text span inherit c="dimmed" ms={6}>
                              {entry.extension}
                            </Text>
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
              {audit.hasNextPage ? (
                <Center mt="md">
                  <Button
                    variant="default"
                    loading={audit.isFetchingNextPage}
                    onClick={() => void audit.fetchNextPage()}
                  >
                    {t("audit.more")}
                  </Button>
                </Center>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
