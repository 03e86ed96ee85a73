// What an import would change, line by line, and which lines are left out.
import { ScrollArea, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportedExtensions } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import "./extensions.css";

/** More lines than these are not read by anybody before a click. */
const MOST_SHOWN = 200;

export function ImportPreview({ shown }: { shown: ImportedExtensions }) {
  const { t } = useTranslation();
  const changing = shown.lines.filter(({ change }) => change !== "unchanged");
  return (
    <Stack gap="sm">
      <Text fw={600} role="status">
        {changing.length > 0 ? t("imports.will", { count: changing.length }) : t("imports.nothing")}
      </Text>
      {shown.left_out.length > 0 ? (
        <Notice tone="warn" title={t("imports.left_out", { count: shown.left_out.length })}>
          <Stack gap={2} component="ul" m={0} pl="md">
            {shown.left_out.slice(0, 10).map(({ line, code, detail }) => (
              <li key={line}>
                {t("imports.line")} {line}: {textOr(t, "imports.reasons", code, detail)}
              </li>
            ))}
            {shown.left_out.length > 10 ? <li>…</li> : null}
          </Stack>
        </Notice>
      ) : null}
      {shown.lines.length > 0 ? (
        <ScrollArea.Autosize mah={320} type="auto">
          <Table className="lc-import" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={90}>{t("phone.extensions.number")}</Table.Th>
                <Table.Th>{t("labels.name")}</Table.Th>
                <Table.Th>{t("labels.email")}</Table.Th>
                <Table.Th w={100}>{t("imports.change")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.lines.slice(0, MOST_SHOWN).map((line) => (
                <Table.Tr key={line.line} c={line.change === "unchanged" ? "dimmed" : undefined}>
                  <Table.Td>{line.number}</Table.Td>
                  <Table.Td className="lc-cut" title={line.name}>
                    {line.name}
                  </Table.Td>
                  <Table.Td className="lc-cut" title={line.email ?? undefined}>
                    {line.email}
                  </Table.Td>
                  <Table.Td>{t(`imports.${line.change}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      ) : null}
    </Stack>
  );
}
