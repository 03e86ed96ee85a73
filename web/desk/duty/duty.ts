// What an agent is at, and how it is said.
import type { TFunction } from "i18next";
import type { Duty } from "@/api/desk";
import { textOr } from "@/texts/lookup";
import type { Tone } from "@/theme/StatusDot";

export const NEVER_SAID: Duty = { state: "off" };

/** Calls are answered and pages open. */
export function isAtWork({ state }: Duty): boolean {
  return state === "on" || state === "wrap_up";
}

/** Of the reasons that Linecard brings along, the reader's own word; others as the admin wrote them. */
export function reasonName(t: TFunction, reason: string): string {
  return textOr(t, "desk.duty.reasons", reason, reason);
}

export function dutyName(t: TFunction, { state, reason }: Duty): string {
  if (state === "break" && reason) return reasonName(t, reason);
  return t(`desk.duty.${state}`);
}

export const TONES: Record<Duty["state"], Tone> = {
  on: "good",
  wrap_up: "warn",
  break: "warn",
  off: "idle",
};
