// Who calls back when nobody answered: a task in the CRM (X10).
import { NumberInput, Select, SimpleGrid, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { crmFollowUpQuery, crmUsersQuery } from "@/api/queries";
import type { CrmConnection, CrmFollowUp } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { BRACES } from "@/texts/braces";
import { fieldErrors } from "@/texts/problem";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";

export function FollowUpCard({ connection }: { connection: CrmConnection }) {
  const followUp = useQuery(crmFollowUpQuery(connection.kind));
  return (
    <Edited of={followUp} version={(it) => it.version}>
      {(chosen) => <FollowUpForm connection={connection} chosen={chosen} />}
    </Edited>
  );
}

function FollowUpForm(props: { connection: CrmConnection; chosen: CrmFollowUp }) {
  const { connection, chosen } = props;
  const { kind, name } = connection;
  const { t } = useTranslation();
  const users = useQuery(crmUsersQuery(kind));
  const form = useForm({
    initialValues: { ...chosen, default_user: chosen.default_user ?? "" },
    validate: {
      subject: (text, { on }) => (on && !text.trim() ? t("problems.required") : null),
      default_user: (user, { on, to }) =>
        on && to === "default_user" && !user ? t("problems.required") : null,
    },
  });
  const keep = useKeep(crmFollowUpQuery(kind).queryKey, (body: CrmFollowUp) =>
    answer(api.PUT("/api/v1/crm/{kind}/follow-up", { params: { path: { kind } }, body })),
  );
  const { on, to } = form.values;
  return (
    <SettingsPaper
      title={t("crm_settings.follow_up.title")}
      text={t("crm_settings.follow_up.text", { name })}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit((values) =>
        keep.mutate(
          { ...values, default_user: values.default_user || null, version: chosen.version },
          { onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))) },
        ),
      )}
    >
      <Switch
        label={t("crm_settings.follow_up.on")}
        {...form.getInputProps("on", { type: "checkbox" })}
      />
      {on ? (
        <>
          <SimpleGrid cols={{ base: 1, sm: 3 }} className="lc-even">
            <Select
              label={t("crm_settings.follow_up.to")}
              allowDeselect={false}
              data={(["contact_owner", "queue_agents", "default_user"] as const).map((value) => ({
                value,
                label: t(`crm_settings.follow_up.to_${value}`),
              }))}
              {...form.getInputProps("to")}
            />
            <Select
              label={
                to === "default_user"
                  ? t("crm_settings.follow_up.default_user")
                  : t("crm_settings.follow_up.default_user_else")
              }
              allowDeselect={false}
              searchable
              data={[
                { value: "", label: t("crm_settings.follow_up.nobody") },
                ...(users.data?.users ?? []).map(({ id, name: label }) => ({ value: id, label })),
              ]}
              {...form.getInputProps("default_user")}
            />
            <NumberInput
              label={t("crm_settings.follow_up.due_days")}
              min={0}
              max={30}
              allowDecimal={false}
              {...form.getInputProps("due_days")}
            />
          </SimpleGrid>
          <TextInput
            label={t("crm_settings.follow_up.subject")}
            withAsterisk
            {...form.getInputProps("subject")}
          />
          <Textarea
            label={t("crm_settings.follow_up.description")}
            description={t("crm.journal.names", BRACES)}
            autosize
            minRows={2}
            {...form.getInputProps("description")}
          />
        </>
      ) : null}
    </SettingsPaper>
  );
}
