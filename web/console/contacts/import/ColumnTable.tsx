// The columns of the file, what stands in them, and what each becomes.
import { Select, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportField, ImportPlan, ImportPreview } from "@/api/types";
import { FIELDS, withColumn } from "./plan";

export function ColumnTable({
  preview: { plan, columns },
  onChange,
}: {
  preview: ImportPreview;
  onChange(plan: ImportPlan): void;
}) {
  const { t } = useTranslation();
  const fields = FIELDS.map((value) => ({ value, label: t(`contact_imports.field.${value}`) }));
  return (
    <Table.ScrollContainer minWidth={600}>
      <Table verticalSpacing={6} horizontalSpacing="lg">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("contact_imports.column")}</Table.Th>
            <Table.Th>{t("contact_imports.samples")}</Table.Th>
            <Table.Th w={260}>{t("contact_imports.becomes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column, place) => {
            const name = column.name || t("contact_imports.nth_column", { place: place + 1 });
            const samples = column.samples.join(" · ");
            return (
              // A column has no name of its own: its place is what it is.
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns do not move
              <Table.Tr key={place}>
                <Table.Td className="lc-wrap">{name}</Table.Td>
                <Table.Td maw={320}>
                  <Text fz="sm" c="dimmed" truncate title={samples}>
                    {samples}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t("contact_imports.becomes_of", { name })}
                    placeholder={t("contact_imports.not_taken")}
                    data={fields}
                    value={plan.columns[place] ?? null}
                    clearable
                    onChange={(value) =>
                      onChange(withColumn(plan, place, value as ImportField | null))
                    }
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
