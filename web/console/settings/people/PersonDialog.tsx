// Invites a person, or changes what is known of one and what they may do.
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { accountsQuery, extensionsQuery } from "@/api/queries";
import type { Account, Language, Role } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ByMail, useHasMail } from "../../invitations/ByMail";
import { LOADED_ANEW } from "./again";
import { RoleChoice } from "./RoleChoice";

export const ROLES = ["agent", "supervisor", "admin"] as const;

export interface PersonDialogProps {
  /** The one to change; without it a new one is invited. */
  person?: Account;
  onClose(): void;
  onInvited?(name: string, link: string): void;
}

export function PersonDialog(props: PersonDialogProps) {
  const { t } = useTranslation();
  const { person, onClose } = props;
  const edited = useQuery({
    ...accountsQuery,
    select: (list) => list.find(({ id }) => id === person?.id),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={person ? t("people.edit_title", { name: person.name }) : t("people.invite_title")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {person ? (
        <Edited of={edited} version={(it) => it.version}>
          {(held) => <PersonForm {...props} person={held} />}
        </Edited>
      ) : (
        <PersonForm {...props} />
      )}
    </Dialog>
  );
}

function PersonForm({ person, onClose, onInvited }: PersonDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const extensions = useQuery(extensionsQuery);
  const hasMail = useHasMail();
  const form = useForm({
    initialValues: {
      name: person?.name ?? "",
      email: person?.email ?? "",
      role: (person?.role ?? "agent") as Role,
      extension: person?.extension ?? null,
      language: (person?.language ?? null) as Language | null,
      byMail: true,
    },
    validate: {
      name: (text) => (text.trim() ? null : t("problems.required")),
      email: (text) => (text.includes("@") ? null : t("problems.email_invalid")),
      extension: (number, { role }) =>
        role === "agent" && !number ? t("problems.required") : null,
    },
  });
  useUnsaved(form.isDirty());
  const save = useMutation({
    mutationFn: async ({ name, email, role, extension, language, byMail }: typeof form.values) => {
      const body = { name: name.trim(), email: email.trim(), role, extension, language };
      if (!person) {
        const mail = hasMail && byMail;
        return (await answer(api.POST("/api/v1/accounts", { body: { ...body, mail } })))
          .sign_in_link;
      }
      await answer(
        api.PUT("/api/v1/accounts/{id}", {
          params: { path: { id: person.id } },
          body: { ...body, version: person.version },
        }),
      );
      return null;
    },
    onSuccess: async (link, { name, email }) => {
      if (!person && !link) {
        const message = t("invitations.goes_out", { email: email.trim() });
        notifications.show({ message, color: "teal" });
      }
      await queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: LOADED_ANEW });
      if (link) onInvited?.(name.trim(), link);
      else onClose();
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const numbers = (extensions.data ?? []).map(({ number, name }) => ({
    value: number,
    label: name ? `${number} · ${name}` : number,
  }));
  // An extension that the list does not have is kept, too.
  const chosen = form.values.extension;
  if (chosen && !numbers.some(({ value }) => value === chosen)) {
    numbers.push({ value: chosen, label: chosen });
  }
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        {person ? null : (
          <Text fz="sm" c="dimmed">
            {t("people.invite_text")}
          </Text>
        )}
        <TextInput label={t("labels.name")} data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label={t("labels.email")}
          type="email"
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        <RoleChoice roles={ROLES} label={t("people.role")} {...form.getInputProps("role")} />
        <Select
          label={t("people.extension")}
          description={t("people.extension_hint")}
          placeholder={t("people.no_extension")}
          data={numbers}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("people.no_extension") }}
          {...form.getInputProps("extension")}
        />
        <Select
          label={t("people.language")}
          placeholder={t("people.browser_language")}
          data={[
            { value: "en", label: t("session.english") },
            { value: "zh-CN", label: t("session.chinese") },
          ]}
          clearable
          clearButtonProps={{ "aria-label": t("people.browser_language") }}
          {...form.getInputProps("language")}
        />
        {person ? null : <ByMail {...form.getInputProps("byMail", { type: "checkbox" })} />}
        <ProblemNotice error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {person ? t("actions.save") : t("people.invite")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
