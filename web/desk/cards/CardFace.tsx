// The direction of a call as a picture with a name.
import { useTranslation } from "react-i18next";
import type { Card } from "@/api/desk";
import { IconArrowsLeftRight, IconPhoneIncoming, IconPhoneOutgoing } from "@/theme/icons";

const FACES = {
  inbound: { icon: IconPhoneIncoming, text: "desk.incoming" },
  outbound: { icon: IconPhoneOutgoing, text: "desk.outgoing" },
  internal: { icon: IconArrowsLeftRight, text: "desk.internal" },
} as const;

export function CardFace({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { icon: Icon, text } = FACES[card.direction];
  return (
    <span className="lc-face">
      <Icon size={26} stroke={1.8} role="img" aria-label={t(text)} />
    </span>
  );
}
