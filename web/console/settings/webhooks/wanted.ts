// What an endpoint can be told of, and what is sent to change one.
import type { TFunction } from "i18next";
import type { WantedWebhook, Webhook } from "@/api/types";
import { textOr } from "@/texts/lookup";

export const EVENTS = [
  "call.ringing",
  "call.answered",
  "call.ended",
  "entry.written",
  "entry.failed",
  "alert.raised",
  "alert.resolved",
] as const;

/** In the reader's language; what a newer server names is shown as it is. */
export function eventText(t: TFunction, event: string): string {
  return textOr(t, "webhooks.events", event.replace(".", "_"), event);
}

/** As they happen; what a newer server names comes last. */
export function inOrder(events: string[]): string[] {
  const known = EVENTS.filter((event) => events.includes(event));
  return [...known, ...events.filter((event) => !known.some((one) => one === event))];
}

/** The endpoint as it is, but for what is changed. */
export function changed(webhook: Webhook, change: Partial<WantedWebhook>): WantedWebhook {
  const { name, url, events, personal, enabled, version } = webhook;
  return { name, url, events, personal, enabled, version, ...change };
}
