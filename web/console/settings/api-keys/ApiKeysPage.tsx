// The keys with which programs use the API.
import { Anchor, Button, Code, Paper, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountsQuery, apiKeysQuery } from "@/api/queries";
import type { ApiKey } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { Empty } from "@/theme/Empty";
import { IconLock, IconPlus } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { KeyDialog } from "./KeyDialog";
import { RevokeDialog } from "./RevokeDialog";

export function ApiKeysPage() {
  const { t, i18n } = useTranslation();
  const keys = useQuery(apiKeysQuery);
  const accounts = useQuery(accountsQuery);
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const time = (at: string) => momentText(at, localeOf(i18n));
  const add = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t("keys.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("keys.title")} text={t("keys.intro")}>
        <Anchor href="/api/v1/openapi.json" target="_blank" rel="noopener" fz="sm">
          {t("keys.document")}
        </Anchor>
        {keys.data?.length ? add : null}
      </PageHead>
      <Loaded of={keys}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconLock} title={t("keys.none")} text={t("keys.none_text")}>
              {add}
            </Empty>
          ) : (
            <Paper>
              <Table.ScrollContainer
                minWidth={780}
                scrollAreaProps={{
                  viewportProps: { tabIndex: 0, role: "region", "aria-label": t("keys.title") },
                }}
              >
                <Table verticalSpacing="sm" horizontalSpacing="lg">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t("keys.name")}</Table.Th>
                      <Table.Th>{t("keys.role")}</Table.Th>
                      <Table.Th>{t("keys.owner")}</Table.Th>
                      <Table.Th>{t("keys.ending")}</Table.Th>
                      <Table.Th>{t("keys.created")}</Table.Th>
                      <Table.Th>{t("keys.last_used")}</Table.Th>
                      <Table.Th>
                        <span className="lc-unseen">{t("keys.revoke")}</span>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {list.map((key) => (
                      <Table.Tr key={key.id}>
                        <Table.Td fw={550} className="lc-wrap">
                          {key.name}
                        </Table.Td>
                        <Table.Td>{t(`people.role_name.${key.role}`)}</Table.Td>
                        <Table.Td>
                          {accounts.data?.find(({ id }) => id === key.account_id)?.name ?? "–"}
                        </Table.Td>
                        <Table.Td>
                          <Code>…{key.ending}</Code>
                        </Table.Td>
                        <Table.Td>{time(key.created)}</Table.Td>
                        <Table.Td>{key.last_used ? time(key.last_used) : t("keys.never")}</Table.Td>
                        <Table.Td>
                          <Button
                            size="xs"
                            variant="default"
                            aria-label={`${t("keys.revoke")}: ${key.name}`}
                            onClick={() => setRevoking(key)}
                          >
                            {t("keys.revoke")}
                          </Button>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            </Paper>
          )
        }
      </Loaded>
      {adding ? <KeyDialog onClose={() => setAdding(false)} /> : null}
      {revoking ? <RevokeDialog of={revoking} onClose={() => setRevoking(null)} /> : null}
    </>
  );
}
