// How long the agent has to finish with the last call, and the way out of it.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/theme/Notice";
import { useNow } from "../cards/useNow";

interface WrapUpProps {
  /** In the browser's own time. */
  ends: number;
  disabled: boolean;
  onReady(): void;
}

export function WrapUp({ ends, disabled, onReady }: WrapUpProps) {
  const { t } = useTranslation();
  const now = useNow(true);
  const seconds = Math.max(0, Math.ceil((ends - now) / 1000));
  return (
    <Notice title={t("desk.duty.wrap_up")}>
      <Group justify="space-between">
        <span>{t("desk.duty.seconds_left", { seconds: String(seconds) })}</span>
        <Button size="xs" disabled={disabled} onClick={onReady}>
          {t("desk.duty.ready_now")}
        </Button>
      </Group>
    </Notice>
  );
}
