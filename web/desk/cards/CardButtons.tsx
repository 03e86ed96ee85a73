// What can be done with a call: open the record, answer, pass on, hang up, as the phone system can.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Abilities, PopMode } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import {
  IconArrowsLeftRight,
  IconExternalLink,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneOutgoing,
} from "@/theme/icons";
import { type Callee, calleeOf } from "../dial/useDial";
import { PhoneButtons } from "../phone/PhoneButtons";
import type { AtSoftphone } from "../phone/useSoftphone";
import { TransferForm } from "../transfer/TransferForm";
import type { ShownCard } from "./desk";

export interface CardButtonsProps {
  shown: ShownCard;
  abilities: Abilities;
  popMode: PopMode;
  reachable: boolean;
  /** Set when the softphone has this call. */
  softphone: AtSoftphone | null;
  onAsk(what: "answer" | "hang_up"): void;
  onCall(callee: Callee): void;
  onTransfer(to: Callee): void;
}

export function CardButtons(props: CardButtonsProps) {
  const { shown, abilities, popMode, reachable, softphone, onAsk, onCall } = props;
  const { t } = useTranslation();
  const [passesOn, setPassesOn] = useState(false);
  const { card, pending } = shown;
  // Where pages open by themselves, one that was blocked or closed is opened here (D12).
  const page = popMode === "automatic" ? webAddress(card.contact?.page) : null;
  const rings = card.state === "ringing" && card.role === "agent";
  const talksHere = softphone?.call.talks ?? false;
  const talks = card.state === "talking" || card.state === "holding";
  const canTransfer = abilities.transfer && talks;
  const canAnswer = (rings && abilities.answer) || (softphone !== null && !talksHere);
  // An agent whose phone does not ring yet has no part that could be ended.
  const hasPart = card.state !== "ended" && (card.state !== "waiting" || card.role === "caller");
  // Who declines does so for all phones of the extension; who hangs up has one at the ear.
  const canHangUp = hasPart && (abilities.hang_up || talksHere);
  const again = abilities.dial && card.state === "ended" ? calleeOf(card) : null;
  if (!page && !canAnswer && !canHangUp && !again) return null;
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
      {canHangUp ? (
        <Button
          color="red"
          leftSection={<IconPhoneOff size={18} />}
          loading={pending === "hang_up"}
          disabled={!reachable && !talksHere}
          onClick={() => (talksHere ? softphone?.line.hangUp(softphone.call.id) : onAsk("hang_up"))}
        >
          {rings ? t("desk.decline") : t("desk.hang_up")}
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
