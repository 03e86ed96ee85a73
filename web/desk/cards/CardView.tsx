// The card of one call: who, how it stands, how long, and what can be done.
import { CloseButton, Group, Paper, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "@/api/desk";
import type { Abilities, PopMode } from "@/api/types";
import { clock, measured } from "@/texts/duration";
import { textOr } from "@/texts/lookup";
import type { Callee } from "../dial/useDial";
import type { AboutCall } from "../frame/useDesk";
import type { AtSoftphone } from "../phone/useSoftphone";
import { CallFile } from "./CallFile";
import { CardButtons } from "./CardButtons";
import "./card.css";
import { CardFace } from "./CardFace";
import { CrmTag } from "./CrmTag";
import type { ShownCard } from "./desk";
import { LookupLine } from "./LookupLine";
import { useNow } from "./useNow";
import { useWho } from "./who";

export interface CardViewProps {
  shown: ShownCard;
  abilities: Abilities;
  /** Who opens the contact's page. */
  popMode: PopMode;
  /** Whether a request would reach the phone system. */
  reachable: boolean;
  /** The line to Linecard is open. */
  online: boolean;
  /** Set when the softphone has this call. */
  softphone: AtSoftphone | null;
  /** Why it rings, and not at the softphone. */
  elsewhere: "not_connected" | "full" | null;
  /** From when on the softphone can fetch it, in the browser's time; `null`: it cannot. */
  fetchesFrom: number | null;
  onAsk(what: "answer" | "pick_up" | "hang_up"): void;
  /** Calls the other side again. */
  onCall(callee: Callee): void;
  onDismiss(): void;
  /** Records may be created for numbers that no CRM knows. */
  creates: boolean;
  onTell(message: AboutCall): void;
  onWriting(on: boolean): void;
}

export function CardView(props: CardViewProps) {
  const { shown, abilities, reachable, onAsk, onCall, onDismiss } = props;
  const { t } = useTranslation();
  const who = useWho();
  const { card, refused } = shown;
  const title = useId();
  const text = useId();
  const rings = card.state === "ringing" && card.role === "agent";
  const ended = card.state === "ended";
  return (
    <Paper
      // A ringing call is announced as a dialog, but takes neither focus nor keyboard: the
      // agent may be typing in the CRM.
      component={rings ? "div" : "article"}
      role={rings ? "alertdialog" : undefined}
      aria-labelledby={title}
      aria-describedby={rings ? text : undefined}
      className="lc-card"
      data-state={card.state}
      data-call={card.call}
      shadow={ended ? undefined : "md"}
      p={0}
    >
      <div className="lc-card-body">
        <CardFace card={card} />
        <div className="lc-card-who">
          <Group gap={10} wrap="nowrap" miw={0}>
            <Text className="lc-card-name" id={title} title={who(card)} component="h2">
              {who(card)}
            </Text>
            {props.popMode === "manual" && !ended ? <CrmTag card={card} /> : null}
          </Group>
          <div id={text}>
            <LookupLine card={card} />
          </div>
        </div>
        <div className="lc-card-state">
          <Group gap={6} justify="flex-end" wrap="nowrap">
            <Text fw={650} fz="sm">
              {ended ? outcome(t, card) : t(`calls.state.${stateName(card)}`)}
            </Text>
            {ended ? (
              <CloseButton size="sm" aria-label={t("desk.dismiss")} onClick={onDismiss} />
            ) : null}
          </Group>
          <Duration shown={shown} />
        </div>
      </div>
      {refused ? (
        <Text role="alert" fz="sm" c="var(--mantine-color-error)" className="lc-card-elsewhere">
          {textOr(t, "problems", refused.code, refused.detail ?? t("problems.refused"))}
        </Text>
      ) : null}
      {props.elsewhere ? (
        <Text className="lc-card-elsewhere" role="status" fz="sm">
          {t(`desk.phone.elsewhere.${props.elsewhere}`)}
        </Text>
      ) : null}
      <CardButtons
        shown={shown}
        abilities={abilities}
        popMode={props.popMode}
        reachable={reachable}
        softphone={props.softphone}
        fetchesFrom={props.fetchesFrom}
        onAsk={onAsk}
        onCall={onCall}
        onTransfer={(to) => props.onTell({ t: "transfer", call: card.call, ...to })}
      />
      {card.direction === "internal" ? null : (
        <CallFile
          shown={shown}
          creates={props.creates}
          online={props.online}
          onTell={props.onTell}
          onWriting={props.onWriting}
        />
      )}
    </Paper>
  );
}

/** For the one who called: why nobody was reached. */
function outcome(t: TFunction, card: Card): string {
  const own = textOr(t, "calls.outcome", card.outcome, t("calls.state.ended"));
  return card.role === "caller" ? textOr(t, "desk.reached", card.call_outcome, own) : own;
}

/** The one who dials waits for the other side, but in no line. */
function stateName({ state, role }: Card): Card["state"] | "dialling" {
  return state === "waiting" && role === "caller" ? "dialling" : state;
}

/** How long it rings or is talked; how long it was talked once it has ended. */
function Duration({ shown }: { shown: ShownCard }) {
  const { startedAt, answeredAt, endedAt } = shown;
  const now = useNow(endedAt === null);
  if (endedAt !== null && answeredAt === null) return null;
  const since = answeredAt ?? startedAt;
  return (
    <Text className="lc-card-time">
      {endedAt === null ? clock(now - since) : measured(endedAt - since)}
    </Text>
  );
}
