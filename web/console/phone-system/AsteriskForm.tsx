// How an Asterisk is reached. A change applies at once; the secret never comes back.
import { Button, Group, PasswordInput, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { phoneSystemsQuery } from "@/api/queries";
import type { PhoneSystem } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { DIAL_DEFAULTS, DialFields } from "./DialFields";
import { PresentationFields } from "./PresentationFields";
import { RECORDS_DEFAULTS, RecordsFields } from "./RecordsFields";
import { SOFTPHONE_DEFAULTS, SoftphoneFields } from "./SoftphoneFields";
import { TLS_DEFAULTS, TlsFields } from "./TlsFields";
import { useProbe } from "./useProbe";

const DEFAULTS = {
  host: "127.0.0.1",
  port: "5038",
  username: "linecard",
  own: "PJSIP/1\\d\\d",
  trunk: "PJSIP/trunk.*",
  presentation: "",
  ...TLS_DEFAULTS,
  ...DIAL_DEFAULTS,
  ...SOFTPHONE_DEFAULTS,
  ...RECORDS_DEFAULTS,
};

export interface AsteriskFormProps {
  system?: PhoneSystem;
  onDone?: () => void;
}

export function AsteriskForm({ system, onDone }: AsteriskFormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const hasSecret = system?.secrets.secret === "set";
  const filled = (value: string) => (value.trim() ? null : t("phone.needed"));
  const form = useForm({
    initialValues: {
      name: system?.name ?? t("phone.asterisk"),
      settings: { ...DEFAULTS, ...system?.settings },
      secrets: { secret: "", records: "", sip_secret: "" },
    },
    validate: {
      name: filled,
      settings: {
        host: filled,
        port: (value) => (portIsGood(value) ? null : t("phone.bad_port")),
        username: filled,
      },
      secrets: { secret: (value) => (value || hasSecret ? null : t("phone.needed")) },
    },
  });
  const sent = ({ settings, secrets }: typeof form.values) => ({
    settings: { ...settings, host: settings.host.trim(), port: settings.port.trim() },
    // An absent secret is kept as it is.
    secrets: Object.fromEntries(
      Object.entries(secrets).filter(([, secret]) => secret.trim() !== ""),
    ),
  });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const refused = (problem: Problem) => form.setErrors(fieldErrors(t, problem));
  const save = useMutation({
    mutationFn: (values: typeof form.values) => {
      const body = { kind: "asterisk", name: values.name.trim(), ...sent(values) };
      return system
        ? answer(
            api.PUT("/api/v1/phone-systems/{id}", {
              params: { path: { id: system.id } },
              body: { ...body, version: system.version },
            }),
          )
        : answer(api.POST("/api/v1/phone-systems", { body }));
    },
    onSuccess: async () => {
      isKept();
      await queries.invalidateQueries({ queryKey: phoneSystemsQuery.queryKey });
      notifications.show({ message: t("actions.saved"), color: "teal" });
      onDone?.();
    },
    onError: (thrown) => refused(Problem.from(thrown)),
  });
  const probe = useProbe({
    id: system?.id,
    read: () => (form.validate().hasErrors ? null : sent(form.getValues())),
    onRefused: refused,
  });
  const field = (name: "host" | "port" | "username" | "own" | "trunk") => ({
    label: t(`phone.fields.${name}`),
    description: t(`phone.fields.${name}_hint`),
    spellCheck: false,
    ...form.getInputProps(`settings.${name}`),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <ProblemNotice error={save.error} />
        <TextInput
          label={t("phone.fields.name")}
          description={t("phone.fields.name_hint")}
          {...form.getInputProps("name")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} className="lc-even">
          <TextInput {...field("host")} />
          <TextInput {...field("port")} inputMode="numeric" />
          <TextInput {...field("username")} autoComplete="off" />
          <PasswordInput
            label={t("phone.fields.secret")}
            description={hasSecret ? t("phone.fields.secret_set") : undefined}
            autoComplete="new-password"
            {...form.getInputProps("secrets.secret")}
          />
          <TextInput {...field("own")} />
          <TextInput {...field("trunk")} />
        </SimpleGrid>
        <TlsFields form={form} />
        <PresentationFields
          input={form.getInputProps("settings.presentation")}
          trunk={form.values.settings.trunk}
        />
        <DialFields form={form} />
        <SoftphoneFields form={form} isSet={system?.secrets.sip_secret === "set"} />
        <RecordsFields form={form} isSet={system?.secrets.records === "set"} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t("actions.save")}
          </Button>
          {probe.button}
          {system ? null : (
            <Button variant="default" onClick={onDone}>
              {t("actions.cancel")}
            </Button>
          )}
        </Group>
        {probe.result}
      </Stack>
    </form>
  );
}

function portIsGood(port: string): boolean {
  return /^\d{1,5}$/.test(port.trim()) && Number(port) >= 1 && Number(port) <= 65_535;
}
