// Who called whom, as an arrow: to us, from us, or among us.
import { useTranslation } from "react-i18next";
import type { Call } from "@/api/types";
import { IconArrowDownLeft, IconArrowsLeftRight, IconArrowUpRight } from "./icons";

const ARROWS = {
  inbound: IconArrowDownLeft,
  outbound: IconArrowUpRight,
  internal: IconArrowsLeftRight,
} as const;

export function DirectionArrow({ of }: { of: Call["direction"] }) {
  const { t } = useTranslation();
  const Arrow = ARROWS[of];
  return (
    <Arrow
      size={19}
      role="img"
      aria-label={t(`calls.direction.${of}`)}
      color="var(--mantine-color-dimmed)"
    />
  );
}
