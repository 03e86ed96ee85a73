// What the agent must know before the next call: line, phone system, sound, blocked pages.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { textOr } from "@/texts/lookup";
import { IconVolume } from "@/theme/icons";
import { Notice } from "@/theme/Notice";
import { useNow } from "../cards/useNow";
import { isAtWork } from "../duty/duty";
import type { DeskHandle } from "./useDesk";
import type { Ringing } from "./useRinging";

export function Banners({ handle, ringing }: { handle: DeskHandle; ringing: Ringing }) {
  const { t } = useTranslation();
  const { desk, line } = handle;
  const atWork = isAtWork(desk.duty);
  const hasLost = line.state === "lost";
  const now = useNow(hasLost);
  return (
    <>
      {hasLost || (line.state === "connecting" && desk.ready) ? (
        <Notice tone="warn" title={t("desk.lost")}>
          <Group justify="space-between">
            <span>
              {hasLost
                ? t("desk.lost_text", {
                    seconds: String(Math.max(0, Math.ceil((line.retryAt - now) / 1000))),
                  })
                : t("desk.lost_now")}
            </span>
            {hasLost ? (
              <Button size="xs" variant="default" onClick={handle.retryNow}>
                {t("desk.try_now")}
              </Button>
            ) : null}
          </Group>
        </Notice>
      ) : null}
      {line.state === "open" && desk.ready && desk.link !== "up" ? (
        <Notice
          tone={desk.link === "connecting" ? "info" : "warn"}
          title={desk.link === "connecting" ? t("desk.link_connecting") : t("desk.link_down")}
        >
          {desk.link === "connecting" ? null : t("desk.link_down_text")}
        </Notice>
      ) : null}
      {desk.dutyRefused ? (
        <Notice tone="warn" title={t("desk.duty.refused")}>
          {textOr(
            t,
            "desk.duty.refusal",
            desk.dutyRefused.code,
            desk.dutyRefused.detail ?? desk.dutyRefused.code,
          )}
        </Notice>
      ) : null}
      {desk.queuesFailed ? (
        <Notice tone="warn" title={t(`desk.duty.queues_${desk.duty.state}`)}>
          {textOr(
            t,
            "desk.duty.queues_failed",
            desk.queuesFailed.code,
            desk.queuesFailed.detail ?? desk.queuesFailed.code,
          )}
        </Notice>
      ) : null}
      {atWork && handle.popBlocked ? (
        <Notice tone="warn" title={t("desk.pop_blocked")}>
          {t("desk.pop_blocked_text")}
        </Notice>
      ) : null}
      {atWork && handle.leads && ringing.soundBlocked ? (
        <Notice title={t("desk.sound_blocked")}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconVolume size={15} />}
            onClick={ringing.unlock}
          >
            {t("desk.sound_on")}
          </Button>
        </Notice>
      ) : null}
      {desk.ready && !handle.leads ? <Notice title={t("desk.other_tab")} /> : null}
    </>
  );
}
