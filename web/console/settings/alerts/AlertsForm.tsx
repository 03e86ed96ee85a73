// Who is told of troubles, of which, and from when on.
import {
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  Switch,
  TagsInput,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { alertSettingsQuery } from "@/api/queries";
import type { AlertSettings } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";

/** What a threshold begins with when it is switched on. */
const USUAL = { link_down_minutes: 5, quota_percent: 90, backlog_minutes: 30 } as const;

export function AlertsForm({ settings }: { settings: AlertSettings }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({ initialValues: settings });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const save = useMutation({
    mutationFn: (values: AlertSettings) =>
      answer(
        api.PUT("/api/v1/alerts/settings", { body: { ...values, version: settings.version } }),
      ),
    onSuccess: (saved) => {
      isKept();
      queries.setQueryData(alertSettingsQuery.queryKey, saved);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const recipientError = Object.entries(form.errors).find(([path]) =>
    path.startsWith("recipients"),
  )?.[1];
  const threshold = (
    field: keyof typeof USUAL,
    kind: "link_down" | "quota_nearly_used" | "backlog",
    unit: string,
    max: number,
  ) => {
    const value = form.values[field];
    const label = t(`alerts.kind.${kind}`);
    return (
      <Group gap="md" justify="space-between">
        <Switch
          label={label}
          checked={value !== null}
          onChange={(event) =>
            form.setFieldValue(field, event.currentTarget.checked ? USUAL[field] : null)
          }
        />
        {value === null ? null : (
          <NumberInput
            aria-label={`${label}: ${unit}`}
            description={unit}
            min={1}
            max={max}
            allowDecimal={false}
            w={130}
            value={value}
            onChange={(typed) => form.setFieldValue(field, Number(typed) || 1)}
            error={form.errors[field]}
          />
        )}
      </Group>
    );
  };
  const simple = (
    field: "crm_needs_person" | "entries_refused" | "webhook_off" | "disk_scarce" | "certificate",
  ) => (
    <Switch
      label={t(`alerts.kind.${field}`)}
      {...form.getInputProps(field, { type: "checkbox" })}
    />
  );
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <ProblemNotice error={save.error} />
        <Paper p="lg">
          <Stack>
            <TagsInput
              label={t("alerts.recipients")}
              description={t("alerts.recipients_hint")}
              acceptValueOnBlur
              maxTags={20}
              {...form.getInputProps("recipients")}
              error={recipientError}
            />
            <Select
              label={t("alerts.language")}
              data={[
                { value: "en", label: "English" },
                { value: "zh-CN", label: "简体中文" },
              ]}
              allowDeselect={false}
              maw={260}
              {...form.getInputProps("language")}
            />
          </Stack>
        </Paper>
        <Paper p="lg">
          <Stack>
            <Title order={2}>{t("alerts.which")}</Title>
            {threshold("link_down_minutes", "link_down", t("alerts.minutes"), 1440)}
            {simple("crm_needs_person")}
            {simple("entries_refused")}
            {threshold("quota_percent", "quota_nearly_used", t("alerts.percent"), 100)}
            {threshold("backlog_minutes", "backlog", t("alerts.minutes"), 1440)}
            {simple("webhook_off")}
            {simple("disk_scarce")}
            {simple("certificate")}
          </Stack>
        </Paper>
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("actions.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
