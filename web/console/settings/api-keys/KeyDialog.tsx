// Makes a key and shows it, this once. It is not closed by a click beside it.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { apiKeysQuery } from "@/api/queries";
import type { Role } from "@/api/types";
import { fieldErrors } from "@/texts/problem";
import { CopyField } from "@/theme/CopyText";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ROLES } from "../people/PersonDialog";
import { RoleChoice } from "../people/RoleChoice";

export function KeyDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: "", role: "supervisor" as Role },
    validate: { name: (text) => (text.trim() ? null : t("problems.required")) },
  });
  const make = useMutation({
    mutationFn: (body: typeof form.values) => answer(api.POST("/api/v1/api-keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const made = make.data;
  return (
    <Dialog
      opened
      onClose={onClose}
      closeOnClickOutside={!made}
      title={made ? t("keys.secret_title", { name: made.key.name }) : t("keys.add")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {made ? (
        <Stack>
          <Text fz="sm">{t("keys.secret_text")}</Text>
          <CopyField label={t("keys.secret")} value={made.secret} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("keys.secret_done")}</Button>
          </Group>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
          <Stack>
            <TextInput
              label={t("keys.name")}
              description={t("keys.name_hint")}
              data-autofocus
              {...form.getInputProps("name")}
            />
            <RoleChoice roles={ROLES} label={t("keys.role")} {...form.getInputProps("role")} />
            <ProblemNotice error={make.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("actions.cancel")}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t("keys.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
