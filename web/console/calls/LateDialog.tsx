// Note, result and recording of a call, added late; the same record in the CRM is changed (X1, X2).
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { CALLS } from "@/api/queries";
import type { CallEntry } from "@/api/types";
import { fieldErrors } from "@/texts/problem";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function LateDialog({ entry, onClose }: { entry: CallEntry; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { note: entry.note ?? "", disposition: entry.disposition ?? "" },
  });
  const save = useMutation({
    mutationFn: (body: typeof form.values) =>
      answer(api.PUT("/api/v1/entries/{key}/late", { params: { path: { key: entry.key } }, body })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: CALLS });
      notifications.show({ message: t("actions.saved"), color: "teal" });
      onClose();
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("calls.late_edit")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <ProblemNotice error={save.error} />
          <Textarea
            label={t("desk.file.note_label")}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={10_000}
            data-autofocus
            {...form.getInputProps("note")}
          />
          <TextInput
            label={t("desk.file.disposition")}
            maxLength={200}
            {...form.getInputProps("disposition")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("actions.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t("actions.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
