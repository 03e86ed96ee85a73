// Adds an extension, or changes who sits at one and how its Desk clients open pages.
import { Button, Group, Stack, Tabs, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { extensionsQuery } from "@/api/queries";
import type { Extension } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { useUnsaved } from "@/editing/editing";
import { fieldErrors, problemText } from "@/texts/problem";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { newNumberProblem } from "./newNumber";
import { ClientsForm } from "./pops/ClientsForm";

export interface ExtensionDialogProps {
  /** The one to change; without it a new one is added. */
  extension?: Extension;
  /** All that there are: saving a number that is taken would overwrite its person. */
  extensions: readonly Extension[];
  onClose(): void;
}

export function ExtensionDialog(props: ExtensionDialogProps) {
  const { t } = useTranslation();
  const { extension, onClose } = props;
  const edited = useQuery({
    ...extensionsQuery,
    select: (list) => list.find(({ number }) => number === extension?.number),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={
        extension
          ? t("phone.extensions.edit_title", { number: extension.number })
          : t("phone.extensions.add")
      }
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {extension ? (
        <Tabs defaultValue="person" keepMounted={false}>
          <Tabs.List aria-label={t("phone.extensions.tabs.label")} mb="md">
            <Tabs.Tab value="person">{t("phone.extensions.tabs.person")}</Tabs.Tab>
            <Tabs.Tab value="clients">{t("phone.extensions.tabs.clients")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="person">
            <Edited of={edited} version={(it) => it.version}>
              {(held) => <PersonForm {...props} extension={held} />}
            </Edited>
          </Tabs.Panel>
          <Tabs.Panel value="clients">
            <ClientsForm number={extension.number} onClose={onClose} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <PersonForm {...props} />
      )}
    </Dialog>
  );
}

function PersonForm({ extension, extensions, onClose }: ExtensionDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: {
      number: extension?.number ?? "",
      name: extension?.name ?? "",
      email: extension?.email ?? "",
    },
    validate: {
      number: (value) => {
        const problem = extension ? null : newNumberProblem(value, extensions);
        return problem ? t(`problems.${problem}`) : null;
      },
      name: (value) => (value.trim() ? null : t("problems.required")),
      email: (value) => (!value || value.includes("@") ? null : t("problems.email_invalid")),
    },
  });
  useUnsaved(form.isDirty());
  const save = useMutation({
    mutationFn: ({ number, name, email }: typeof form.values) =>
      answer(
        api.PUT("/api/v1/extensions/{number}", {
          params: { path: { number: number.trim() } },
          body: { name: name.trim(), email: email.trim(), version: extension?.version ?? 0 },
        }),
      ),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: extensionsQuery.queryKey });
    },
    onError: (thrown) => {
      const problem = Problem.from(thrown);
      // The number is in the address, which the server's list of fields does not cover.
      const number = problem.code === "not_an_extension" ? problemText(t, problem) : null;
      form.setErrors({ ...fieldErrors(t, problem), ...(number ? { number } : {}) });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <ProblemNotice error={save.error} />
        {extension ? null : (
          <TextInput
            label={t("phone.extensions.number")}
            description={t("phone.extensions.number_hint")}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("number")}
          />
        )}
        <TextInput
          label={t("labels.name")}
          data-autofocus={extension ? true : undefined}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("phone.extensions.email")}
          description={t("phone.extensions.email_hint")}
          type="email"
          {...form.getInputProps("email")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {extension ? t("actions.save") : t("phone.extensions.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
