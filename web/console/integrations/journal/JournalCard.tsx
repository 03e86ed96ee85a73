// What is written into the CRM when a call has ended: whether, with which words, and for whom
// (E3 to E7).
import { Checkbox, Group, Select, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { crmJournalQuery } from "@/api/queries";
import type { CallJournal, CrmConnection } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { BRACES } from "@/texts/braces";
import { fieldErrors } from "@/texts/problem";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";
import { TextsPreview } from "./TextsPreview";
import { UnansweredChoice } from "./UnansweredChoice";

export function JournalCard({ connection }: { connection: CrmConnection }) {
  const journal = useQuery(crmJournalQuery(connection.kind));
  return (
    <Edited of={journal} version={(it) => it.version}>
      {(chosen) => <JournalForm connection={connection} chosen={chosen} />}
    </Edited>
  );
}

function JournalForm(props: { connection: CrmConnection; chosen: CallJournal }) {
  const { connection, chosen } = props;
  const { kind, name } = connection;
  const { t } = useTranslation();
  const form = useForm({
    initialValues: chosen,
    validate: { subject: (text) => (text.trim() ? null : t("problems.required")) },
  });
  const keep = useKeep(crmJournalQuery(kind).queryKey, (body: CallJournal) =>
    answer(api.PUT("/api/v1/crm/{kind}/journal", { params: { path: { kind } }, body })),
  );
  const { subject, description, on } = form.values;
  return (
    <SettingsPaper
      title={t("crm.journal.title")}
      text={t("crm.journal.text", { name })}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit((values) =>
        keep.mutate(
          { ...values, version: chosen.version },
          { onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))) },
        ),
      )}
    >
      <Switch label={t("crm.journal.on")} {...form.getInputProps("on", { type: "checkbox" })} />
      {on ? (
        <>
          <TextInput
            label={t("crm.journal.subject")}
            withAsterisk
            {...form.getInputProps("subject")}
          />
          <Textarea
            label={t("crm.journal.description")}
            description={t("crm.journal.names", BRACES)}
            autosize
            minRows={2}
            {...form.getInputProps("description")}
          />
          <TextsPreview kind={kind} subject={subject} description={description} />
          <Group gap="lg" role="group" aria-label={t("crm_settings.types.title")}>
            {(["incoming", "outgoing", "missed"] as const).map((type) => (
              <Checkbox
                key={type}
                label={t(`crm_settings.types.${type}`)}
                {...form.getInputProps(`types.${type}`, { type: "checkbox" })}
              />
            ))}
          </Group>
          <Select
            maw={360}
            label={t("crm_settings.types.when")}
            description={t("crm_settings.types.hours_hint")}
            allowDeselect={false}
            data={(["always", "business_hours", "outside_business_hours"] as const).map(
              (value) => ({ value, label: t(`crm_settings.types.when_${value}`) }),
            )}
            {...form.getInputProps("when")}
          />
          <Switch
            label={t("crm.journal.unanswered")}
            description={t("crm.journal.unanswered_hint")}
            {...form.getInputProps("answering_agent_only", { type: "checkbox" })}
          />
          <UnansweredChoice name={name} on={form.values.answering_agent_only} />
        </>
      ) : (
        <Text fz="sm" c="dimmed">
          {t("crm.journal.off_text", { name })}
        </Text>
      )}
    </SettingsPaper>
  );
}
