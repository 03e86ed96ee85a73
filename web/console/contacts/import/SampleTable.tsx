// The first rows as contacts, or with what is wrong with them.
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportPreview } from "@/api/types";
import { Reason } from "./Reason";

type Row = ImportPreview["rows"][number];

export function SampleTable({ rows }: { rows: Row[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6} horizontalSpacing="lg">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={70}>{t("contact_imports.row")}</Table.Th>
            <Table.Th>{t("contacts.columns.name")}</Table.Th>
            <Table.Th>{t("contacts.columns.numbers")}</Table.Th>
            <Table.Th>{t("contacts.columns.email")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Sample key={row.row} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Sample({ row: { row, contact, code, column, shown } }: { row: Row }) {
  const { t } = useTranslation();
  if (!contact) {
    return (
      <Table.Tr>
        <Table.Td>{row}</Table.Td>
        <Table.Td colSpan={3}>
          <Reason code={code ?? ""} column={column} />
          <Text fz="sm" c="dimmed" lineClamp={1} className="lc-wrap">
            {shown}
          </Text>
        </Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      <Table.Td>{row}</Table.Td>
      <Table.Td>
        <Text className="lc-wrap">{contact.name}</Text>
        {contact.company ? (
          <Text fz="sm" c="dimmed" className="lc-wrap">
            {contact.company}
          </Text>
        ) : null}
        {code ? <Reason code={code} column={null} /> : null}
      </Table.Td>
      <Table.Td>
        {contact.numbers.map(({ slot, written, international }) => (
          <Text key={slot} fz="sm">
            {t(`contacts.slot.${slot as "business"}`)} {international ?? written}
          </Text>
        ))}
      </Table.Td>
      <Table.Td className="lc-wrap">{contact.email}</Table.Td>
    </Table.Tr>
  );
}
