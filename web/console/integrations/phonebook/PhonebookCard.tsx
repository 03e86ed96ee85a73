// The phonebook that a CRM fills: what is chosen, and how far it has come (F1 to F12, F19).
import {
  Checkbox,
  Group,
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
import { crmPhonebookQuery } from "@/api/queries";
import type { ChangedPhonebook, CrmConnection, CrmPhonebook } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { fieldErrors } from "@/texts/problem";
import { Loaded } from "@/theme/Loaded";
import { UsageText } from "../connection/UsageText";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";
import { PhonebookState } from "./PhonebookState";

/** Stands in the list of phonebooks for one that is not there yet. */
const NEW = "new";

export function PhonebookCard({ connection }: { connection: CrmConnection }) {
  const phonebook = useQuery({
    ...crmPhonebookQuery(connection.kind),
    refetchInterval: 3_000,
  });
  return (
    <Loaded of={phonebook}>
      {(read) => (
        <Stack gap="lg">
          <Edited of={phonebook} version={(it) => it.version}>
            {(held) => <PhonebookForm connection={connection} read={held} />}
          </Edited>
          {read.on && read.phonebook ? (
            <PhonebookState connection={connection} read={read} />
          ) : null}
        </Stack>
      )}
    </Loaded>
  );
}

function PhonebookForm({ connection, read }: { connection: CrmConnection; read: CrmPhonebook }) {
  const { t } = useTranslation();
  const { kind, name } = connection;
  const form = useForm({
    initialValues: {
      on: read.on,
      modules: read.modules,
      scope: read.scope,
      always_query: read.always_query,
      target: read.phonebook?.id ?? NEW,
      new: `${name} Synchronization`,
    },
    validate: {
      modules: (chosen, { on }) => (on && chosen.length === 0 ? t("problems.required") : null),
      new: (text, { on, target }) =>
        on && target === NEW && !text.trim() ? t("problems.required") : null,
    },
  });
  const { queryKey } = crmPhonebookQuery(kind);
  const put = (body: ChangedPhonebook) =>
    answer(api.PUT("/api/v1/crm/{kind}/phonebook", { params: { path: { kind } }, body }));
  const keep = useKeep<ChangedPhonebook, CrmPhonebook>(queryKey, put);
  const { on, target } = form.values;
  const targets = [
    ...(read.phonebook ? [read.phonebook] : []),
    ...read.empty.filter(({ id }) => id !== read.phonebook?.id),
  ];
  return (
    <SettingsPaper
      title={t("crm_settings.phonebook.title")}
      text={t("crm_settings.phonebook.text", { name })}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit(({ target: into, new: called, ...chosen }) =>
        keep.mutate(
          {
            ...chosen,
            new: chosen.on && into === NEW ? called.trim() : null,
            existing: chosen.on && into !== NEW && into !== read.phonebook?.id ? into : null,
            version: read.version,
          },
          { onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))) },
        ),
      )}
    >
      <Switch
        label={t("crm_settings.phonebook.on")}
        {...form.getInputProps("on", { type: "checkbox" })}
      />
      {on ? (
        <>
          <Checkbox.Group
            label={t("crm_settings.phonebook.modules")}
            {...form.getInputProps("modules")}
          >
            <Group gap="lg" mt={6}>
              {(["contact", "lead", "account"] as const).map((module) => (
                <Checkbox
                  key={module}
                  value={module}
                  label={t(`crm_settings.phonebook.module.${module}`)}
                />
              ))}
            </Group>
          </Checkbox.Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
            <Select
              label={t("crm_settings.phonebook.target")}
              description={t("crm_settings.phonebook.empty_only")}
              allowDeselect={false}
              data={[
                ...targets.map(({ id, name: label }) => ({ value: id, label })),
                { value: NEW, label: t("crm_settings.phonebook.target_new") },
              ]}
              {...form.getInputProps("target")}
              error={form.errors.existing}
            />
            {target === NEW ? (
              <TextInput
                label={t("crm_settings.phonebook.name")}
                withAsterisk
                {...form.getInputProps("new")}
              />
            ) : null}
          </SimpleGrid>
          <Radio.Group label={t("crm_settings.phonebook.scope")} {...form.getInputProps("scope")}>
            <Stack gap={6} mt={6}>
              {(["called", "all"] as const).map((scope) => (
                <Radio
                  key={scope}
                  value={scope}
                  label={t(`crm_settings.phonebook.scope_${scope}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Switch
            label={t("crm_settings.phonebook.always_query")}
            description={
              form.values.always_query
                ? t("crm_settings.phonebook.always_query_on")
                : t("crm_settings.phonebook.always_query_off")
            }
            {...form.getInputProps("always_query", { type: "checkbox" })}
          />
          {form.values.always_query ? (
            <Text fz="sm" c="dimmed">
              {t("crm_settings.phonebook.quota")} <UsageText usage={connection.usage} />
            </Text>
          ) : null}
        </>
      ) : (
        <Text fz="sm" c="dimmed">
          {t("crm_settings.phonebook.off_text")}
        </Text>
      )}
    </SettingsPaper>
  );
}
