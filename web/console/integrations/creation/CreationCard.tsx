// Whether an unknown number becomes a contact or lead of the CRM, when, and under which name
// (G1 to G3, G5, G9, G11).
import {
  NumberInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { crmCreationQuery } from "@/api/queries";
import type { CrmConnection, CrmCreation } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { BRACES } from "@/texts/braces";
import { textOr } from "@/texts/lookup";
import { fieldErrors } from "@/texts/problem";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";
import { sampleName } from "./sampleName";

export function CreationCard({ connection }: { connection: CrmConnection }) {
  const creation = useQuery(crmCreationQuery(connection.kind));
  return (
    <Edited of={creation} version={(it) => it.version}>
      {(chosen) => <CreationForm connection={connection} chosen={chosen} />}
    </Edited>
  );
}

function CreationForm(props: { connection: CrmConnection; chosen: CrmCreation }) {
  const { connection, chosen } = props;
  const { kind, name } = connection;
  const { t } = useTranslation();
  const form = useForm({
    initialValues: chosen,
    validate: { last_name: (text) => (text.trim() ? null : t("problems.required")) },
  });
  const keep = useKeep(crmCreationQuery(kind).queryKey, (body: CrmCreation) =>
    answer(api.PUT("/api/v1/crm/{kind}/creation", { params: { path: { kind } }, body })),
  );
  const { on, manner, when } = form.values;
  const choice = (group: string, words: readonly string[]) =>
    words.map((value) => ({
      value,
      label: textOr(t, "crm_settings.creation", `${group}_${value}`, value),
    }));
  return (
    <SettingsPaper
      title={t("crm_settings.creation.title")}
      text={t("crm_settings.creation.text", { name })}
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
      <Switch
        label={t("crm_settings.creation.on")}
        {...form.getInputProps("on", { type: "checkbox" })}
      />
      {on ? (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
            <Select
              label={t("crm_settings.creation.kind")}
              data={choice("kind", ["contact", "lead"])}
              allowDeselect={false}
              {...form.getInputProps("kind")}
            />
          </SimpleGrid>
          <Radio.Group label={t("crm_settings.creation.manner")} {...form.getInputProps("manner")}>
            <Stack gap={6} mt={6}>
              {choice("manner", ["automatic", "manual"]).map(({ value, label }) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Stack>
          </Radio.Group>
          {manner === "automatic" ? (
            <SimpleGrid cols={{ base: 1, sm: 3 }} className="lc-even">
              <Select
                label={t("crm_settings.creation.calls")}
                data={choice("calls", ["both", "inbound", "outbound"])}
                allowDeselect={false}
                {...form.getInputProps("calls")}
              />
              <Select
                label={t("crm_settings.creation.when")}
                data={choice("when", ["ring", "answered", "talked"])}
                allowDeselect={false}
                {...form.getInputProps("when")}
              />
              {when === "talked" ? (
                <NumberInput
                  label={t("crm_settings.creation.talked_seconds")}
                  min={1}
                  max={3600}
                  allowDecimal={false}
                  {...form.getInputProps("talked_seconds")}
                />
              ) : null}
            </SimpleGrid>
          ) : null}
          <SimpleGrid cols={{ base: 1, sm: 3 }} className="lc-even">
            <TextInput
              label={t("crm_settings.creation.first_name")}
              {...form.getInputProps("first_name")}
            />
            <TextInput
              label={t("crm_settings.creation.last_name")}
              withAsterisk
              {...form.getInputProps("last_name")}
            />
            {form.values.kind === "lead" ? (
              <TextInput
                label={t("crm_settings.creation.company")}
                {...form.getInputProps("company")}
              />
            ) : null}
          </SimpleGrid>
          <Text fz="sm" c="dimmed" className="lc-wrap">
            {t("crm_settings.creation.names", { ...BRACES, name: sampleName(form.values) })}
          </Text>
          <Text fz="sm" c="dimmed">
            {t("crm_settings.creation.never")}
          </Text>
        </>
      ) : (
        <Text fz="sm" c="dimmed">
          {t("crm_settings.creation.off_text")}
        </Text>
      )}
    </SettingsPaper>
  );
}
