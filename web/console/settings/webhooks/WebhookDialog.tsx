// Adds an endpoint, or changes one.
import { Button, Checkbox, Group, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { webhooksQuery } from "@/api/queries";
import type { Webhook, WebhookSecret } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { EVENTS, eventText } from "./wanted";

export interface WebhookDialogProps {
  /** `null`: a new one. */
  webhook: Webhook | null;
  onClose(): void;
  onMade(made: WebhookSecret): void;
}

export function WebhookDialog(props: WebhookDialogProps) {
  const { t } = useTranslation();
  const { webhook, onClose } = props;
  const edited = useQuery({
    ...webhooksQuery,
    select: ({ webhooks }) => webhooks.find(({ id }) => id === webhook?.id),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={webhook ? t("webhooks.edit_title", { name: webhook.name }) : t("webhooks.add")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {webhook ? (
        <Edited of={edited} version={(it) => it.version}>
          {(held) => <WebhookForm {...props} webhook={held} />}
        </Edited>
      ) : (
        <WebhookForm {...props} />
      )}
    </Dialog>
  );
}

function WebhookForm({ webhook, onClose, onMade }: WebhookDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const filled = (value: string) => (value.trim() ? null : t("problems.required"));
  const form = useForm({
    initialValues: {
      name: webhook?.name ?? "",
      url: webhook?.url ?? "",
      events: webhook?.events ?? ["call.ended"],
      personal: webhook?.personal ?? false,
      enabled: webhook?.enabled ?? true,
    },
    validate: {
      name: filled,
      url: filled,
      events: (events) => (events.length > 0 ? null : t("problems.required")),
    },
  });
  useUnsaved(form.isDirty());
  const reload = () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const save = useMutation({
    mutationFn: async (values: typeof form.values): Promise<WebhookSecret | null> => {
      const body = { ...values, name: values.name.trim(), url: values.url.trim() };
      if (!webhook) return answer(api.POST("/api/v1/webhooks", { body }));
      await answer(
        api.PUT("/api/v1/webhooks/{id}", {
          params: { path: { id: webhook.id } },
          body: { ...body, version: webhook.version },
        }),
      );
      return null;
    },
    onSuccess: (made) => {
      if (made) onMade(made);
      else onClose();
      return reload();
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <ProblemNotice error={save.error} />
        <TextInput
          label={t("webhooks.fields.name")}
          maxLength={200}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("webhooks.fields.url")}
          description={t("webhooks.fields.url_hint")}
          spellCheck={false}
          inputMode="url"
          {...form.getInputProps("url")}
        />
        <Checkbox.Group label={t("webhooks.fields.events")} {...form.getInputProps("events")}>
          <Stack gap={8} mt={6}>
            {EVENTS.map((event) => (
              <Checkbox key={event} value={event} label={eventText(t, event)} description={event} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Switch
          label={t("webhooks.fields.personal")}
          description={t("webhooks.fields.personal_text")}
          {...form.getInputProps("personal", { type: "checkbox" })}
        />
        <Switch
          label={t("webhooks.fields.enabled")}
          {...form.getInputProps("enabled", { type: "checkbox" })}
        />
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
  );
}
