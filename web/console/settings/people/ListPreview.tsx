// Who of a list can be invited, and which rows are left out and why.
import { ScrollArea, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportedAccounts } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";

/** More rows than these are not read by anybody before a click. */
const MOST_SHOWN = 200;
const MOST_LEFT_OUT = 50;

export function ListPreview({ shown }: { shown: ImportedAccounts }) {
  const { t } = useTranslation();
  const { people, left_out } = shown;
  return (
    <Stack gap="sm">
      <Text fw={600} role="status">
        {people.length > 0
          ? t("invitations.list.will", { count: people.length })
          : t("invitations.list.nobody")}
      </Text>
      {left_out.length > 0 ? (
        <Notice tone="warn" title={t("invitations.list.left_out", { count: left_out.length })}>
          <Stack gap={2} component="ul" m={0} pl="md">
            {left_out.slice(0, MOST_LEFT_OUT).map(({ row, code, detail }) => (
              <li key={row}>
                {t("invitations.list.row")} {row}:{" "}
                {textOr(t, "invitations.list.reasons", code, detail)}
              </li>
            ))}
            {left_out.length > MOST_LEFT_OUT ? <li>…</li> : null}
          </Stack>
        </Notice>
      ) : null}
      {people.length > 0 ? (
        <ScrollArea.Autosize
          mah={300}
          type="auto"
          viewportProps={{
            tabIndex: 0,
            role: "region",
            "aria-label": t("invitations.list.will", { count: people.length }),
          }}
        >
          <Table verticalSpacing={6} miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={60}>{t("invitations.list.row")}</Table.Th>
                <Table.Th>{t("labels.name")}</Table.Th>
                <Table.Th>{t("labels.email")}</Table.Th>
                <Table.Th w={110}>{t("people.role")}</Table.Th>
                <Table.Th w={90}>{t("people.extension")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.slice(0, MOST_SHOWN).map(({ row, name, email, role, extension }) => (
                <Table.Tr key={row}>
                  <Table.Td>{row}</Table.Td>
                  <Table.Td className="lc-wrap">{name}</Table.Td>
                  <Table.Td className="lc-wrap">{email}</Table.Td>
                  <Table.Td>{t(`people.role_name.${role}`)}</Table.Td>
                  <Table.Td>{extension ?? "–"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      ) : null}
    </Stack>
  );
}
