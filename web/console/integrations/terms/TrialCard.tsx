// Whether anything is written into the CRM, and for whom: dry run and pilot group (X16).
import { MultiSelect, Radio, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { crmTermsQuery, extensionsQuery } from "@/api/queries";
import type { CrmConnection, CrmTerms } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { fieldErrors } from "@/texts/problem";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";

export function TrialCard({ connection }: { connection: CrmConnection }) {
  const terms = useQuery(crmTermsQuery(connection.kind));
  return (
    <Edited of={terms} version={(it) => it.version}>
      {(chosen) => <TrialForm kind={connection.kind} chosen={chosen} />}
    </Edited>
  );
}

function TrialForm({ kind, chosen }: { kind: string; chosen: CrmTerms }) {
  const { t } = useTranslation();
  const extensions = useQuery(extensionsQuery);
  const form = useForm({
    initialValues: { mode: chosen.mode, pilot: chosen.pilot },
    validate: {
      pilot: (group, { mode }) =>
        mode === "pilot" && group.length === 0 ? t("problems.required") : null,
    },
  });
  const keep = useKeep(crmTermsQuery(kind).queryKey, (body: CrmTerms) =>
    answer(api.PUT("/api/v1/crm/{kind}/terms", { params: { path: { kind } }, body })),
  );
  return (
    <SettingsPaper
      title={t("crm_settings.trial.title")}
      text={t("crm_settings.trial.text")}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit((values) =>
        keep.mutate(
          { ...chosen, ...values },
          { onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))) },
        ),
      )}
    >
      <Radio.Group label={t("crm_settings.trial.mode")} {...form.getInputProps("mode")}>
        <Stack gap={6} mt={6}>
          {(["live", "pilot", "dry_run"] as const).map((mode) => (
            <Radio key={mode} value={mode} label={t(`crm_settings.trial.mode_${mode}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {form.values.mode === "pilot" ? (
        <MultiSelect
          label={t("crm_settings.trial.extensions")}
          searchable
          hidePickedOptions
          data={(extensions.data ?? []).map(({ number, name }) => ({
            value: number,
            label: name ? `${number} ${name}` : number,
          }))}
          {...form.getInputProps("pilot")}
        />
      ) : null}
    </SettingsPaper>
  );
}
