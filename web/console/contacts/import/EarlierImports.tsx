// What was imported into this phonebook before, the newest first.
import { Anchor, Paper, Table, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ContactImport } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { ImportCounts } from "./ImportCounts";

export function EarlierImports({
  imports,
  onOpen,
}: {
  imports: ContactImport[];
  onOpen(id: string): void;
}) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" });
  // One that never arrived cannot be gone on with: the page does not have the file any more.
  const earlier = imports.filter(({ state }) => state !== "uploading");
  if (earlier.length === 0) return null;
  return (
    <section>
      <Title order={2} fz="md" mb="sm">
        {t("contact_imports.earlier")}
      </Title>
      <Paper>
        <Table.ScrollContainer minWidth={620}>
          <Table verticalSpacing={8} horizontalSpacing="lg">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("contact_imports.file")}</Table.Th>
                <Table.Th w={230}>{t("contact_imports.when")}</Table.Th>
                <Table.Th w={150}>{t("contact_imports.how")}</Table.Th>
                <Table.Th>{t("contact_imports.became")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {earlier.map((it) => (
                <Table.Tr key={it.id}>
                  <Table.Td>
                    <Anchor
                      component="button"
                      type="button"
                      fz="sm"
                      ta="start"
                      onClick={() => onOpen(it.id)}
                    >
                      <span className="lc-wrap">{it.file_name}</span>
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{time.format(new Date(it.created))}</Table.Td>
                  <Table.Td>{t(`contact_imports.state.${it.state}`)}</Table.Td>
                  <Table.Td>
                    <ImportCounts of={it} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </section>
  );
}
