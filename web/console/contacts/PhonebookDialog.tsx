// Makes a phonebook, or gives it another name and says who finds its contacts.
import { Button, Group, MultiSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { extensionsQuery, phonebooksQuery } from "@/api/queries";
import type { Phonebook } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";

export interface PhonebookDialogProps {
  /** The one to change; without it a new one is made. */
  phonebook?: Phonebook;
  onClose(): void;
}

export function PhonebookDialog(props: PhonebookDialogProps) {
  const { t } = useTranslation();
  const { phonebook, onClose } = props;
  const edited = useQuery({
    ...phonebooksQuery,
    select: (list) => list.find(({ id }) => id === phonebook?.id),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={phonebook ? t("contacts.edit_title", { name: phonebook.name }) : t("contacts.add")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {phonebook ? (
        <Edited of={edited} version={(it) => it.version}>
          {(held) => <PhonebookForm {...props} phonebook={held} />}
        </Edited>
      ) : (
        <PhonebookForm {...props} />
      )}
    </Dialog>
  );
}

function PhonebookForm({ phonebook, onClose }: PhonebookDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const known = useQuery(extensionsQuery);
  const form = useForm({
    initialValues: {
      name: phonebook?.name ?? "",
      seen_by: phonebook?.extensions ? "chosen" : "everyone",
      extensions: phonebook?.extensions ?? [],
    },
    validate: { name: (value) => (value.trim() ? null : t("problems.required")) },
  });
  useUnsaved(form.isDirty());
  const save = useMutation({
    mutationFn: ({ name, seen_by, extensions }: typeof form.values) => {
      const wanted = { name: name.trim(), extensions: seen_by === "chosen" ? extensions : null };
      return phonebook
        ? answer(
            api.PUT("/api/v1/phonebooks/{id}", {
              params: { path: { id: phonebook.id } },
              body: { ...wanted, version: phonebook.version },
            }),
          )
        : answer(api.POST("/api/v1/phonebooks", { body: wanted }));
    },
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const names = new Map(known.data?.map(({ number, name }) => [number, name]));
  const choices = [...new Set([...names.keys(), ...form.values.extensions])].sort();
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <ProblemNotice error={save.error} />
        <TextInput
          label={t("contacts.name")}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Radio.Group label={t("contacts.seen_by")} {...form.getInputProps("seen_by")}>
          <Stack gap={8} mt={6}>
            <Radio
              value="everyone"
              label={t("contacts.everyone")}
              description={t("contacts.everyone_text")}
            />
            <Radio
              value="chosen"
              label={t("contacts.chosen")}
              description={t("contacts.chosen_text")}
            />
          </Stack>
        </Radio.Group>
        {form.values.seen_by === "chosen" ? (
          <MultiSelect
            label={t("contacts.extensions")}
            data={choices.map((number) => ({
              value: number,
              label: [number, names.get(number)].filter(Boolean).join(" "),
            }))}
            searchable
            {...form.getInputProps("extensions")}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {phonebook ? t("actions.save") : t("contacts.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
