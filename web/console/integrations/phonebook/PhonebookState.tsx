// How far a phonebook has come: contacts, progress, and who is not in it and why (F10, F11).
import { Anchor, Badge, Group, Paper, Progress, Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmConnection, CrmPhonebook } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import { localeOf, textOr } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import { Said } from "@/theme/Said";
import { LookNow } from "./LookNow";

export function PhonebookState(props: { connection: CrmConnection; read: CrmPhonebook }) {
  const { connection, read } = props;
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(localeOf(i18n));
  const time = (at: string) =>
    new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" }).format(
      new Date(at),
    );
  return (
    <Paper p="lg">
      <Stack>
        <Group gap="sm">
          <Title order={2} className="lc-wrap">
            {read.phonebook?.name}
          </Title>
          <Badge variant="default" radius="sm" tt="none">
            CRM
          </Badge>
          <Text fz="sm" c="dimmed">
            {t("crm_settings.phonebook.read_only", { name: connection.name })}
          </Text>
        </Group>
        {read.problem !== null ? (
          <Notice
            tone="warn"
            title={t("crm_settings.phonebook.not_read")}
            words={read.problem}
            advice={read.advice}
          />
        ) : null}
        <Text fz="sm">
          {t("crm_settings.phonebook.contacts")}: <strong>{number.format(read.contacts)}</strong>
        </Text>
        {read.progress.map(({ module, done, total, complete, edits, problem, advice }) => {
          const name = t(`crm_settings.phonebook.module.${module}`);
          const values = { module: name, done: number.format(done) };
          const reading = total
            ? t("crm_settings.phonebook.reading", { ...values, total: number.format(total) })
            : t("crm_settings.phonebook.reading_open", values);
          const followed = edits
            ? t("crm_settings.phonebook.followed", { time: time(edits) })
            : t("crm_settings.phonebook.not_started");
          return (
            <div key={module}>
              <Text fz="sm" mb={4}>
                {complete || read.scope === "called" ? `${name}: ${followed}` : reading}
              </Text>
              {!complete && total ? (
                <Progress value={Math.min(100, (done / total) * 100)} aria-label={reading} />
              ) : null}
              <Said words={problem} advice={advice} />
            </div>
          );
        })}
        <LookNow connection={connection} running={read.running} />
        {read.skipped > 0 ? (
          <div>
            <Title order={3} fz="sm">
              {t("crm_settings.phonebook.skipped")}: {number.format(read.skipped)}
            </Title>
            <Text fz="sm" c="dimmed" mb="xs">
              {t("crm_settings.phonebook.skipped_text")}
            </Text>
            <Table>
              <Table.Tbody>
                {read.skipped_records.map(({ name, reason, page }) => {
                  const address = webAddress(page);
                  const shown = name || t("calls.unknown");
                  return (
                    <Table.Tr key={page}>
                      <Table.Td className="lc-wrap">
                        {address ? (
                          <Anchor href={address} target="_blank" rel="noopener noreferrer" fz="sm">
                            {shown}
                          </Anchor>
                        ) : (
                          shown
                        )}
                      </Table.Td>
                      <Table.Td>
                        {textOr(t, "crm_settings.phonebook.reason", reason, reason)}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </div>
        ) : null}
      </Stack>
    </Paper>
  );
}
