// A call that the agent asked for: the own phone rings, or why it came to nothing.
import { Button, CloseButton, Paper, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Abilities } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { IconPhoneCall, IconPhoneOff, IconPhoneOutgoing } from "@/theme/icons";
import type { ShownDial } from "../cards/desk";
import "../cards/card.css";

export interface DialViewProps {
  shown: ShownDial;
  abilities: Abilities;
  /** Whether a request would reach the phone system. */
  reachable: boolean;
  onAsk(what: "answer" | "hang_up"): void;
  onAgain(): void;
  onDismiss(): void;
}

export function DialView({
  shown,
  abilities,
  reachable,
  onAsk,
  onAgain,
  onDismiss,
}: DialViewProps) {
  const { t } = useTranslation();
  const { dialling, failed, pending } = shown;
  const who = dialling.name || dialling.number;
  return (
    <Paper
      component="section"
      aria-label={t("desk.dial.to", { who })}
      className="lc-card"
      data-state={failed ? "ended" : "ringing"}
      p={0}
    >
      <div className="lc-card-body">
        <span className="lc-face">
          <IconPhoneOutgoing size={26} stroke={1.8} aria-hidden="true" />
        </span>
        <div className="lc-card-who">
          <Text className="lc-card-name" component="h2" title={who}>
            {who}
          </Text>
          {dialling.name ? <Text c="dimmed">{dialling.number}</Text> : null}
          <div role="status">
            {failed ? (
              <>
                <Text fz="sm" c="var(--mantine-color-error)">
                  {textOr(
                    t,
                    "desk.dial.failed",
                    failed.code,
                    failed.detail ?? t("problems.refused"),
                    { right: failed.words ?? "" },
                  )}
                </Text>
                {failed.words && failed.code === "phone_system_refused" ? (
                  <Text fz="sm" c="dimmed" className="lc-wrap">
                    {t("labels.their_words")}: {failed.words}
                  </Text>
                ) : null}
              </>
            ) : (
              <Text fz="sm">{t("desk.dial.rings")}</Text>
            )}
          </div>
        </div>
        {failed ? (
          <CloseButton size="sm" aria-label={t("desk.dismiss")} onClick={onDismiss} />
        ) : null}
      </div>
      <div className="lc-card-buttons">
        {failed ? (
          <Button
            variant="default"
            leftSection={<IconPhoneOutgoing size={18} />}
            disabled={!reachable}
            onClick={onAgain}
          >
            {t("desk.dial.again")}
          </Button>
        ) : (
          <>
            {abilities.answer ? (
              <Button
                color="teal.9"
                leftSection={<IconPhoneCall size={18} />}
                loading={pending === "answer"}
                disabled={!reachable}
                onClick={() => onAsk("answer")}
              >
                {t("desk.dial.pick_up")}
              </Button>
            ) : null}
            {abilities.hang_up ? (
              <Button
                color="red"
                leftSection={<IconPhoneOff size={18} />}
                loading={pending === "hang_up"}
                disabled={!reachable}
                onClick={() => onAsk("hang_up")}
              >
                {t("desk.dial.give_up")}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </Paper>
  );
}
