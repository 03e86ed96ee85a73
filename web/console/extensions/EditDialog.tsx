// Name and e-mail of an extension.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { extensionsQuery } from "@/api/queries";
import type { Extension } from "@/api/types";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function EditDialog({ extension, onClose }: { extension: Extension; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: extension.name ?? "", email: extension.email ?? "" },
    validate: {
      email: (value) => (!value || value.includes("@") ? null : t("problems.email_invalid")),
    },
  });
  const save = useMutation({
    mutationFn: (body: { name: string; email: string }) =>
      answer(
        api.PUT("/api/v1/extensions/{number}", {
          params: { path: { number: extension.number } },
          body,
        }),
      ),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: extensionsQuery.queryKey });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("phone.extensions.edit_title", { number: extension.number })}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, email }) =>
          save.mutate({ name: name.trim(), email: email.trim() }),
        )}
      >
        <Stack>
          <ProblemNotice error={save.error} />
          <TextInput label={t("labels.name")} data-autofocus {...form.getInputProps("name")} />
          <TextInput label={t("labels.email")} type="email" {...form.getInputProps("email")} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("actions.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t("actions.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
