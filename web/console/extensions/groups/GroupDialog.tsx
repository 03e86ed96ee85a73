// Makes a group of extensions, or changes one.
import { Button, Group, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { extensionGroupsQuery } from "@/api/queries";
import type { Extension, ExtensionGroup } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";

export interface GroupDialogProps {
  /** The one to change; without it a new one is made. */
  group?: ExtensionGroup;
  extensions: readonly Extension[];
  onClose(): void;
}

export function GroupDialog(props: GroupDialogProps) {
  const { t } = useTranslation();
  const { group, onClose } = props;
  const edited = useQuery({
    ...extensionGroupsQuery,
    select: (list) => list.find(({ id }) => id === group?.id),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={group ? t("phone.groups.edit_title", { name: group.name }) : t("phone.groups.add")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {group ? (
        <Edited of={edited} version={(it) => it.version}>
          {(held) => <GroupForm {...props} group={held} />}
        </Edited>
      ) : (
        <GroupForm {...props} />
      )}
    </Dialog>
  );
}

function GroupForm({ group, extensions, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: group?.name ?? "", extensions: group?.extensions ?? [] },
    validate: { name: (value) => (value.trim() ? null : t("problems.required")) },
  });
  useUnsaved(form.isDirty());
  const save = useMutation({
    mutationFn: ({ name, extensions }: typeof form.values) => {
      const wanted = { name: name.trim(), extensions };
      return group
        ? answer(
            api.PUT("/api/v1/extension-groups/{id}", {
              params: { path: { id: group.id } },
              body: { ...wanted, version: group.version },
            }),
          )
        : answer(api.POST("/api/v1/extension-groups", { body: wanted }));
    },
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: extensionGroupsQuery.queryKey });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <ProblemNotice error={save.error} />
        <TextInput
          label={t("labels.name")}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <MultiSelect
          label={t("phone.extensions.title")}
          data={extensions.map(({ number, name }) => ({
            value: number,
            label: name ? `${number} ${name}` : number,
          }))}
          searchable
          hidePickedOptions
          {...form.getInputProps("extensions")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {group ? t("actions.save") : t("phone.groups.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
