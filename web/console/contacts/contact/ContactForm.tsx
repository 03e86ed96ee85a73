// What a person types of a contact; a new one, or one that is changed.
import { Button, Group, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { phonebooksQuery } from "@/api/queries";
import type { Contact, Phonebook } from "@/api/types";
import { useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { NumberFields } from "./NumberFields";
import { fieldOf, filledIn, inSlots, type Numbers } from "./slots";

export interface ContactValues {
  name: string;
  company: string;
  email: string;
  remark: string;
  slots: Numbers;
  /** More numbers in `other`, which a CRM may have given. */
  others: string[];
}

export interface ContactFormProps {
  phonebook: Phonebook;
  contact?: Contact | undefined;
  onClose(): void;
}

export function ContactForm({ phonebook, contact, onClose }: ContactFormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm<ContactValues>({
    initialValues: {
      name: contact?.name ?? "",
      company: contact?.company ?? "",
      email: contact?.email ?? "",
      remark: contact?.remark ?? "",
      ...inSlots(contact?.numbers ?? []),
    },
    validate: {
      name: (value) => (value.trim() ? null : t("problems.required")),
      email: (value) => (!value || value.includes("@") ? null : t("problems.email_invalid")),
    },
  });
  useUnsaved(form.isDirty());
  const save = useMutation({
    mutationFn: ({ slots, others, ...texts }: ContactValues) => {
      const numbers = filledIn(slots, others).map(({ slot, written }) => ({ slot, written }));
      const wanted = { ...texts, numbers };
      return contact
        ? answer(
            api.PUT("/api/v1/contacts/{id}", {
              params: { path: { id: contact.id } },
              body: { contact: wanted, version: contact.version },
            }),
          )
        : answer(
            api.POST("/api/v1/phonebooks/{id}/contacts", {
              params: { path: { id: phonebook.id } },
              body: wanted,
            }),
          );
    },
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
    },
    onError: (thrown, { slots, others }) => {
      const sent = filledIn(slots, others);
      const errors = Object.entries(fieldErrors(t, Problem.from(thrown)));
      form.setErrors(
        Object.fromEntries(
          errors.map(([path, text]) => [fieldOf(path.replace(/^contact\./, ""), sent), text]),
        ),
      );
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <ProblemNotice error={save.error} />
        <TextInput
          label={t("labels.name")}
          withAsterisk
          maxLength={200}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("contacts.company")}
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps("company")}
        />
        <Title order={3} fz="sm" mt="xs">
          {t("contacts.numbers")}
        </Title>
        <NumberFields form={form} />
        <TextInput
          label={t("contacts.email")}
          type="email"
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        <Textarea
          label={t("contacts.remark")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2_000}
          {...form.getInputProps("remark")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {contact ? t("actions.save") : t("contacts.add_contact")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
