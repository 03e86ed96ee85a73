// The addresses outside that are told of calls (X13).
import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { webhooksQuery } from "@/api/queries";
import type { Webhook, WebhookSecret } from "@/api/types";
import { Empty } from "@/theme/Empty";
import { IconPlus, IconWebhook } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { LogDialog } from "./LogDialog";
import { SecretDialog } from "./SecretDialog";
import { WebhookCard } from "./WebhookCard";
import { WebhookDialog } from "./WebhookDialog";

type Dialog =
  | { what: "edit"; webhook: Webhook | null }
  | { what: "secret"; made: WebhookSecret }
  | { what: "log"; webhook: Webhook };

export function WebhooksPage() {
  const { t } = useTranslation();
  const webhooks = useQuery({ ...webhooksQuery, refetchInterval: 10_000 });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const add = (
    <Button
      leftSection={<IconPlus size={17} />}
      onClick={() => setDialog({ what: "edit", webhook: null })}
    >
      {t("webhooks.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("webhooks.title")} text={t("webhooks.intro")} />
      <Loaded of={webhooks}>
        {({ webhooks: all }) =>
          all.length === 0 ? (
            <Empty icon={IconWebhook} title={t("webhooks.none")} text={t("webhooks.none_text")}>
              {add}
            </Empty>
          ) : (
            <Stack gap="md" maw={860}>
              {all.map((webhook) => (
                <WebhookCard
                  key={webhook.id}
                  webhook={webhook}
                  onEdit={() => setDialog({ what: "edit", webhook })}
                  onLog={() => setDialog({ what: "log", webhook })}
                  onSecret={(made) => setDialog({ what: "secret", made })}
                />
              ))}
              <Group>{add}</Group>
            </Stack>
          )
        }
      </Loaded>
      {dialog?.what === "edit" ? (
        <WebhookDialog
          webhook={dialog.webhook}
          onClose={close}
          onMade={(made) => setDialog({ what: "secret", made })}
        />
      ) : null}
      {dialog?.what === "secret" ? <SecretDialog made={dialog.made} onClose={close} /> : null}
      {dialog?.what === "log" ? <LogDialog webhook={dialog.webhook} onClose={close} /> : null}
    </>
  );
}
