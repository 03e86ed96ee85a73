// For how many days each kind of data is kept.
import { Button, Group, NumberInput, Paper, Stack, Switch, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { keepingQuery } from "@/api/queries";
import type { Keeping, KeepingDays } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { localeOf } from "@/texts/lookup";
import { fieldErrors } from "@/texts/problem";
import { AskDialog } from "@/theme/AskDialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { type DataKind, KINDS, shortened, USUAL } from "./days";

export function KeepingForm({ keeping }: { keeping: Keeping }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<DataKind[]>([]);
  const form = useForm<KeepingDays>({ initialValues: keeping.days });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const save = useMutation({
    mutationFn: (values: KeepingDays) =>
      answer(api.PUT("/api/v1/keeping", { body: { ...values, version: keeping.days.version } })),
    onSuccess: (saved) => {
      isKept();
      queries.setQueryData(keepingQuery.queryKey, saved);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
    onSettled: () => setAsked([]),
  });
  const submit = (values: KeepingDays) => {
    const fewer = shortened(keeping.days, values);
    if (fewer.length > 0) setAsked(fewer);
    else save.mutate(values);
  };
  // With the year, which lists of calls leave out.
  const day = new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium" });
  const heldText = (kind: DataKind) => {
    const held = keeping.held.find((it) => it.kind === kind);
    if (!held?.oldest) return t("data.held_none");
    return t("data.held", {
      count: held.amount,
      time: day.format(new Date(held.oldest)),
    });
  };
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Paper p="lg">
        <Stack>
          <Title order={2}>{t("data.keeping")}</Title>
          <Text fz="sm" c="dimmed">
            {t("data.keeping_text")}
          </Text>
          <ProblemNotice error={save.error} />
          {KINDS.map((kind) => {
            const value = form.values[kind];
            const name = t(`data.kind.${kind}`);
            return (
              <Group key={kind} justify="space-between" align="flex-start" gap="md">
                <Stack gap={2} flex="1 1 260px">
                  <Text fw={600}>{name}</Text>
                  <Text fz="sm">{t(`data.kind_text.${kind}`)}</Text>
                  <Text fz="sm" c="dimmed">
                    {heldText(kind)}
                  </Text>
                </Stack>
                <Stack gap="xs" w={150}>
                  <Switch
                    label={t("data.for_ever_short")}
                    aria-label={t("data.for_ever", { kind: name })}
                    checked={value === null}
                    onChange={(event) =>
                      form.setFieldValue(kind, event.currentTarget.checked ? null : USUAL[kind])
                    }
                  />
                  {value === null ? null : (
                    <NumberInput
                      aria-label={t("data.days", { kind: name })}
                      suffix={` ${t("data.days_unit")}`}
                      min={1}
                      max={36_500}
                      allowDecimal={false}
                      value={value}
                      onChange={(typed) => form.setFieldValue(kind, Number(typed) || 1)}
                      error={form.errors[kind]}
                    />
                  )}
                </Stack>
              </Group>
            );
          })}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t("actions.save")}
            </Button>
          </Group>
        </Stack>
      </Paper>
      <AskDialog
        opened={asked.length > 0}
        onClose={() => setAsked([])}
        title={t("data.shorten_title")}
        confirm={t("data.shorten")}
        danger
        busy={save.isPending}
        error={save.error}
        onConfirm={() => save.mutate(form.values)}
      >
        {t("data.shorten_text", { kinds: asked.map((kind) => t(`data.kind.${kind}`)).join(", ") })}
      </AskDialog>
    </form>
  );
}
