// Makes an agent's account for Desk, and mails the link that signs the agent in or shows it.
import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { accountsQuery, extensionsQuery } from "@/api/queries";
import type { Extension } from "@/api/types";
import { fieldErrors } from "@/texts/problem";
import { CopyField } from "@/theme/CopyText";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ByMail, useHasMail } from "../invitations/ByMail";

export function InviteDialog({ extension, onClose }: { extension: Extension; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const hasMail = useHasMail();
  const form = useForm({
    initialValues: {
      name: extension.name ?? "",
      email: extension.email ?? "",
      password: "",
      byMail: true,
    },
    validate: {
      name: (value) => (value.trim() ? null : t("problems.required")),
      email: (value) => (value.includes("@") ? null : t("problems.email_invalid")),
      password: (value) => (!value || value.length >= 10 ? null : t("session.password_short")),
    },
  });
  const invite = useMutation({
    mutationFn: ({ name, email, password, byMail }: typeof form.values) =>
      answer(
        api.POST("/api/v1/accounts", {
          body: {
            name: name.trim(),
            email: email.trim(),
            role: "agent",
            extension: extension.number,
            password: password || null,
            mail: hasMail && byMail,
          },
        }),
      ),
    onSuccess: async ({ sign_in_link }, { email }) => {
      if (!sign_in_link) {
        const message = t("invitations.goes_out", { email: email.trim() });
        notifications.show({ message, color: "teal" });
        onClose();
      }
      await queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: extensionsQuery.queryKey });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const link = invite.data?.sign_in_link;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("phone.extensions.invite_title", { number: extension.number })}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {link ? (
        <Stack>
          <CopyField label={t("phone.extensions.link")} value={link} />
          <Text fz="sm">{t("phone.extensions.link_text")}</Text>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t("actions.close")}</Button>
          </Group>
        </Stack>
      ) : (
        <form noValidate onSubmit={form.onSubmit((values) => invite.mutate(values))}>
          <Stack>
            <Text fz="sm">{t("phone.extensions.invite_text")}</Text>
            <ProblemNotice error={invite.error} />
            <TextInput label={t("labels.name")} data-autofocus {...form.getInputProps("name")} />
            <TextInput label={t("labels.email")} type="email" {...form.getInputProps("email")} />
            <PasswordInput
              label={t("phone.extensions.password")}
              description={t("phone.extensions.password_hint")}
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
            <ByMail {...form.getInputProps("byMail", { type: "checkbox" })} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("actions.cancel")}
              </Button>
              <Button type="submit" loading={invite.isPending}>
                {t(`phone.extensions.${hasMail && form.values.byMail ? "send" : "create"}`)}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
