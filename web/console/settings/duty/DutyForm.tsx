// The reasons for a break, and the time of a wrap-up.
import { Button, Group, NumberInput, Paper, Stack, TagsInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { dutyRulesQuery } from "@/api/queries";
import type { DutyRules } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function DutyForm({ rules }: { rules: DutyRules }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm<DutyRules>({ initialValues: rules });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const save = useMutation({
    mutationFn: (values: DutyRules) =>
      answer(api.PUT("/api/v1/duty-rules", { body: { ...values, version: rules.version } })),
    onSuccess: (saved) => {
      isKept();
      queries.setQueryData(dutyRulesQuery.queryKey, saved);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Paper p="lg" maw={720}>
        <Stack>
          <ProblemNotice error={save.error} />
          <TagsInput
            label={t("duty.reasons")}
            description={t("duty.reasons_hint")}
            acceptValueOnBlur
            maxTags={20}
            {...form.getInputProps("reasons")}
          />
          <NumberInput
            label={t("duty.wrap_up")}
            description={t("duty.wrap_up_hint")}
            suffix={` ${t("duty.seconds")}`}
            min={0}
            max={600}
            allowDecimal={false}
            maw={260}
            value={form.values.wrap_up_seconds}
            onChange={(typed) => form.setFieldValue("wrap_up_seconds", Number(typed) || 0)}
            error={form.errors.wrap_up_seconds}
          />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t("actions.save")}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}
