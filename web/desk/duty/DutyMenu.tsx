// What the agent is at: a button that says it, and opens the choice, which is fetched with the first click.
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Duty } from "@/api/desk";
import { IconChevronDown } from "@/theme/icons";
import { dutyName, TONES } from "./duty";

const DutyPanel = lazy(async () => {
  const { DutyPanel } = await import("./DutyPanel");
  return { default: DutyPanel };
});

export interface DutyMenuProps {
  duty: Duty;
  /** The reasons for a break that may be chosen. */
  breaks: readonly string[];
  disabled: boolean;
  /** Call it from the click itself: with it the browser lets Desk ring. */
  onChoose(wish: DutyWish): void;
}

export type DutyWish = { state: "on" | "off" } | { state: "break"; reason?: string };

export function DutyMenu(props: DutyMenuProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const name = dutyName(t, props.duty);
  const button = (onClick: () => void) => (
    <Button
      variant="default"
      disabled={props.disabled}
      className="lc-duty"
      aria-label={`${t("desk.duty.title")}: ${name}`}
      leftSection={<span className="lc-dot" data-tone={TONES[props.duty.state]} aria-hidden />}
      rightSection={<IconChevronDown size={16} aria-hidden />}
      onClick={onClick}
    >
      {name}
    </Button>
  );
  const first = button(() => setAsked(true));
  if (!asked) return first;
  return (
    <Suspense fallback={first}>
      <DutyPanel {...props} button={button} />
    </Suspense>
  );
}
