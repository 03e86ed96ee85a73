// The secret of an endpoint, this once. It is not closed by a click beside it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { WebhookSecret } from "@/api/types";
import { CopyField } from "@/theme/CopyText";
import { Dialog } from "@/theme/Dialog";

export function SecretDialog({ made, onClose }: { made: WebhookSecret; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={t("webhooks.secret_title", { name: made.webhook.name })}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <Text fz="sm">{t("webhooks.secret_text")}</Text>
        <CopyField label={t("webhooks.secret")} value={made.secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("webhooks.secret_done")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
