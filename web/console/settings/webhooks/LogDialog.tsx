// What an endpoint was told, the newest first, each with another try.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { webhookLogQuery } from "@/api/queries";
import type { Webhook, WebhookDelivery } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { StatusDot, type Tone } from "@/theme/StatusDot";
import { eventText } from "./wanted";
import "./webhooks.css";
import { Dialog } from "@/theme/Dialog";

export function LogDialog({ webhook, onClose }: { webhook: Webhook; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const query = webhookLogQuery(webhook.id);
  const log = useQuery({ ...query, refetchInterval: 5_000 });
  const resend = useMutation({
    mutationFn: (delivery: string) =>
      answer(
        api.POST("/api/v1/webhooks/{id}/deliveries/{delivery}/resend", {
          params: { path: { id: webhook.id, delivery } },
        }),
      ),
    onSuccess: () => {
      notifications.show({ message: t("webhooks.resent"), color: "teal" });
      return queries.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={t("webhooks.log_title", { name: webhook.name })}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <ProblemNotice error={resend.error} />
      <Loaded of={log}>
        {({ deliveries }) =>
          deliveries.length === 0 ? (
            <Text c="dimmed">{t("webhooks.log_none")}</Text>
          ) : (
            <ul className="lc-hook-log">
              {deliveries.map((delivery) => (
                <LogRow
                  key={delivery.id}
                  delivery={delivery}
                  busy={resend.isPending && resend.variables === delivery.id}
                  onResend={() => resend.mutate(delivery.id)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  );
}

const TONES: Record<string, Tone> = { waiting: "warn", delivered: "good", failed: "bad" };

interface LogRowProps {
  delivery: WebhookDelivery;
  busy: boolean;
  onResend(): void;
}

function LogRow({ delivery, busy, onResend }: LogRowProps) {
  const { t, i18n } = useTranslation();
  const time = (at: string) => momentText(at, localeOf(i18n));
  const facts = [
    time(delivery.created),
    delivery.status ? t("webhooks.status", { status: String(delivery.status) }) : null,
    delivery.duration_ms === null ? null : t("webhooks.took", { ms: String(delivery.duration_ms) }),
    t("webhooks.attempts", { n: String(delivery.attempts) }),
    delivery.next_attempt ? t("webhooks.next", { time: time(delivery.next_attempt) }) : null,
  ];
  return (
    <li>
      <Stack gap={4} miw={0} flex={1}>
        <Group gap="md">
          <StatusDot tone={TONES[delivery.state] ?? "idle"}>
            {textOr(t, "webhooks.state", delivery.state, delivery.state)}
          </StatusDot>
          <Text fz="sm" fw={550}>
            {eventText(t, delivery.event)}
          </Text>
        </Group>
        <Text fz="xs" c="dimmed">
          {facts.filter(Boolean).join(" · ")}
        </Text>
        {delivery.words ? (
          <Text fz="sm" className="lc-wrap">
            {t("labels.their_words")}: <Code className="lc-wrap">{delivery.words}</Code>
          </Text>
        ) : null}
        <details>
          <summary>{t("webhooks.body")}</summary>
          <Code block className="lc-wrap lc-webhook-body">
            {delivery.body}
          </Code>
        </details>
      </Stack>
      <Button variant="default" size="xs" flex="none" loading={busy} onClick={onResend}>
        {t("webhooks.resend")}
      </Button>
    </li>
  );
}
