// The rows that were not taken, the first of them; all are in the file to download.
import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Loaded } from "@/theme/Loaded";
import { Reason } from "./Reason";

export function RefusedRows({ id }: { id: string }) {
  const { t } = useTranslation();
  const refused = useQuery({
    queryKey: ["imports", id, "refused"],
    queryFn: () =>
      answer(
        api.GET("/api/v1/imports/{id}/refused", {
          params: { path: { id }, query: { after: 0 } },
        }),
      ),
  });
  return (
    <Loaded of={refused}>
      {({ rows }) => (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing={6} horizontalSpacing="lg">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={90}>{t("contact_imports.row")}</Table.Th>
                <Table.Th w={320}>{t("contact_imports.why")}</Table.Th>
                <Table.Th>{t("contact_imports.beginning")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ row, column, code, detail, shown }) => (
                <Table.Tr key={row}>
                  <Table.Td>{row}</Table.Td>
                  <Table.Td>
                    <Reason code={code} column={column} detail={detail} />
                  </Table.Td>
                  <Table.Td>
                    <Text fz="sm" c="dimmed" lineClamp={2} className="lc-wrap">
                      {shown}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Loaded>
  );
}
