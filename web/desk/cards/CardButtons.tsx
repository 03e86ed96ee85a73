// What can be done with a call: open the record, answer, pass on, hang up, as the phone system can.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Abilities, PopMode } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import {
  IconArrowsLeftRight,
  IconDeviceDesktop,
  IconExternalLink,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
} from "@/theme/icons";
import { type Callee, calleeOf } from "../dial/useDial";
import { PhoneButtons } from "../phone/PhoneButtons";
import type { AtSoftphone } from "../phone/useSoftphone";
import { TransferForm } from "../transfer/TransferForm";
import { rings, type ShownCard } from "./desk";
import { useNow } from "./useNow";

export interface CardButtonsProps {
  shown: ShownCard;
  abilities: Abilities;
  popMode: PopMode;
  reachable: boolean;
  /** Set when the softphone has this call. */
  softphone: AtSoftphone | null;
  /** From when on the softphone can fetch it, in the browser's time; `null`: it cannot. */
  fetchesFrom: number | null;
  onAsk(what: "answer" | "pick_up" | "hang_up"): void;
  onCall(callee: Callee): void;
  onTransfer(to: Callee): void;
}

export function CardButtons(props: CardButtonsProps) {
  const { shown, abilities, popMode, reachable, softphone, fetchesFrom, onAsk, onCall } = props;
  const { t } = useTranslation();
  const [passesOn, setPassesOn] = useState(false);
  const { card, pending } = shown;
  // Where pages open by themselves, one that was blocked or closed is opened here (D12).
  const page = popMode === "automatic" ? webAddress(card.contact?.page) : null;
  const isRinging = rings(card);
  const talksHere = softphone?.call.talks ?? false;
  const talks = card.state === "talking" || card.state === "holding";
  const canTransfer = abilities.transfer && talks;
  const canAnswer = (isRinging && abilities.answer) || (softphone !== null && !talksHere);
  const canFetch = useNow(fetchesFrom !== null) >= (fetchesFrom ?? Number.POSITIVE_INFINITY);
  // An agent whose phone does not ring yet has no part that could be ended.
  const hasPart = card.state !== "ended" && (card.state !== "waiting" || card.role === "caller");
  // Who declines does so for all phones of the extension; who hangs up has one at the ear.
  const canHangUp = hasPart && (abilities.hang_up || talksHere);
  const again = abilities.dial && card.state === "ended" ? calleeOf(card) : null;
  if (!page && !canAnswer && !canFetch && !canHangUp && !again) return null;
  return (
    <div className="lc-card-buttons">
      {canAnswer ? (
        <Button
          color="teal.9"
          leftSection={<IconPhoneCall size={18} />}
          loading={pending === "answer"}
          disabled={!reachable && !softphone}
          onClick={() => (softphone ? softphone.line.answer(softphone.call.id) : onAsk("answer"))}
        >
          {t("desk.answer")}
        </Button>
      ) : null}
      {canFetch ? (
        <Button
          color="teal.9"
          leftSection={<IconDeviceDesktop size={18} />}
          loading={pending === "pick_up"}
          disabled={!reachable}
          onClick={() => onAsk("pick_up")}
        >
          {t("desk.answer_here")}
        </Button>
      ) : null}
      {canHangUp ? (
        <Button
          color="red"
          leftSection={<IconPhoneOff size={18} />}
          loading={pending === "hang_up"}
          disabled={!reachable && !talksHere}
          onClick={() => (talksHere ? softphone?.line.hangUp(softphone.call.id) : onAsk("hang_up"))}
        >
          {isRinging ? t("desk.decline") : t("desk.hang_up")}
        </Button>
      ) : null}
      {canTransfer ? (
        <Button
          variant="default"
          aria-expanded={passesOn}
          leftSection={<IconArrowsLeftRight size={18} />}
          disabled={!reachable}
          onClick={() => setPassesOn(!passesOn)}
        >
          {t("desk.transfer.open")}
        </Button>
      ) : null}
      {softphone && talksHere ? <PhoneButtons {...softphone} /> : null}
      {canTransfer && passesOn ? (
        <TransferForm
          busy={pending === "transfer"}
          reachable={reachable}
          // A third call would be one too many.
          asksFirst={talksHere && abilities.dial && softphone?.other === null}
          onTransfer={props.onTransfer}
          onClose={() => setPassesOn(false)}
        />
      ) : null}
      {again ? (
        <Button
          variant="default"
          leftSection={<IconPhoneOutgoing size={18} />}
          disabled={!reachable}
          onClick={() => onCall(again)}
        >
          {card.role === "caller" ? t("desk.dial.again") : t("desk.dial.back")}
        </Button>
      ) : null}
      {page ? (
        <Button
          component="a"
          href={page}
          target="_blank"
          rel="noopener noreferrer"
          variant="default"
          rightSection={<IconExternalLink size={16} />}
        >
          {t("desk.open", { crm: card.crm ?? t("desk.the_crm") })}
        </Button>
      ) : null}
    </div>
  );
}
