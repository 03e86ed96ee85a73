// One endpoint: where it is, what it is told, how it is, and what can be done with it.
import { Button, Code, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { webhooksQuery } from "@/api/queries";
import type { Webhook, WebhookSecret } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { AskDialog } from "@/theme/AskDialog";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { StatusDot } from "@/theme/StatusDot";
import { changed, eventText, inOrder } from "./wanted";

export interface WebhookCardProps {
  webhook: Webhook;
  onEdit(): void;
  onLog(): void;
  onSecret(made: WebhookSecret): void;
}

/** Why Linecard itself has switched one off. */
const REASONS = ["failing", "gone", "restored"] as const;

export function WebhookCard({ webhook, onEdit, onLog, onSecret }: WebhookCardProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [asking, ask] = useDisclosure(false);
  const [removing, remove] = useDisclosure(false);
  const { id, name } = webhook;
  const params = { path: { id } };
  const time = (at: string) => momentText(at, localeOf(i18n));
  const reload = () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const test = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/webhooks/{id}/test", { params })),
    onSuccess: reload,
  });
  const renew = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/webhooks/{id}/secret", { params })),
    onSuccess: (made) => {
      ask.close();
      onSecret(made);
      return reload();
    },
  });
  const switchOn = useMutation({
    mutationFn: () =>
      answer(
        api.PUT("/api/v1/webhooks/{id}", { params, body: changed(webhook, { enabled: true }) }),
      ),
    onSuccess: reload,
  });
  const takeAway = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/webhooks/{id}", { params })),
    onSuccess: () => {
      remove.close();
      return reload();
    },
  });
  const reason = REASONS.find((it) => it === webhook.disabled_reason) ?? "failing";
  return (
    <Paper p="lg" component="section" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{name}</Title>
          <StatusDot tone={tone(webhook)}>
            {webhook.enabled ? t("webhooks.on") : t("webhooks.off")}
          </StatusDot>
        </Group>
        <Code className="lc-wrap">{webhook.url}</Code>
        <Text fz="sm">
          {inOrder(webhook.events)
            .map((event) => eventText(t, event))
            .join(" · ")}
        </Text>
        <Text fz="sm" c="dimmed">
          {[
            webhook.personal ? t("webhooks.fields.personal") : null,
            webhook.waiting > 0 ? t("webhooks.waiting", { n: String(webhook.waiting) }) : null,
            webhook.failing_since
              ? t("webhooks.failing", { time: time(webhook.failing_since) })
              : null,
            webhook.older_secret_until
              ? t("webhooks.older_until", { time: time(webhook.older_secret_until) })
              : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
        {webhook.disabled_reason ? (
          <Notice tone="warn" title={t(`webhooks.disabled.${reason}`)}>
            <Stack gap="xs" align="flex-start">
              {t("webhooks.disabled.text")}
              <Button
                size="xs"
                variant="default"
                loading={switchOn.isPending}
                onClick={() => switchOn.mutate()}
              >
                {t("webhooks.switch_on")}
              </Button>
            </Stack>
          </Notice>
        ) : null}
        <div aria-live="polite">
          <ProblemNotice error={test.error ?? switchOn.error} />
          {test.data ? (
            <Notice
              tone={test.data.state === "delivered" ? "info" : "bad"}
              title={t(
                test.data.state === "delivered" ? "webhooks.test_good" : "webhooks.test_bad",
              )}
              words={test.data.words}
            >
              {[
                test.data.status
                  ? t("webhooks.status", { status: String(test.data.status) })
                  : null,
                t("webhooks.took", { ms: String(test.data.duration_ms ?? 0) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </Notice>
          ) : null}
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t("webhooks.test")}
          </Button>
          <Button variant="default" size="xs" onClick={onLog}>
            {t("webhooks.log")}
          </Button>
          <Button variant="default" size="xs" onClick={onEdit}>
            {t("actions.edit")}
          </Button>
          <Button variant="default" size="xs" onClick={ask.open}>
            {t("webhooks.renew")}
          </Button>
          <Button variant="subtle" color="red" size="xs" onClick={remove.open}>
            {t("actions.remove")}
          </Button>
        </Group>
      </Stack>
      <AskDialog
        opened={asking}
        onClose={ask.close}
        title={t("webhooks.renew_title", { name })}
        confirm={t("webhooks.renew")}
        busy={renew.isPending}
        error={renew.error}
        onConfirm={() => renew.mutate()}
      >
        {t("webhooks.renew_text")}
      </AskDialog>
      <AskDialog
        opened={removing}
        onClose={remove.close}
        title={t("webhooks.remove_title", { name })}
        confirm={t("actions.remove")}
        danger
        busy={takeAway.isPending}
        error={takeAway.error}
        onConfirm={() => takeAway.mutate()}
      >
        {t("webhooks.remove_text")}
      </AskDialog>
    </Paper>
  );
}

function tone(webhook: Webhook) {
  if (webhook.disabled_reason) return "bad";
  if (!webhook.enabled) return "idle";
  return webhook.failing_since ? "warn" : "good";
}
