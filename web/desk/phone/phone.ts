// What Desk knows of the softphone, and how each event changes it. Pure.
import type { Card } from "@/api/desk";
import type { MicrophoneTrouble } from "./softphone";

export type PhoneEvent =
  | { what: "off" }
  | { what: "opens" }
  | { what: "registered" }
  /** The way to the server is lost; it is looked for again. */
  | { what: "cut" }
  /** The phone system does not take it. */
  | { what: "refused" }
  /** `call`: the phone system's name of the call, where its dial plan tells it. */
  | { what: "rings"; call: string | null }
  | { what: "answered" }
  | { what: "muted"; on: boolean }
  | { what: "held"; on: boolean }
  | { what: "over" }
  | { what: "microphone_works" }
  | { what: "no_microphone"; trouble: MicrophoneTrouble };

/** A call at the softphone. */
export interface PhoneCall {
  call: string | null;
  talks: boolean;
  muted: boolean;
  held: boolean;
}

export interface Phone {
  state: "off" | "connecting" | "ready" | "refused";
  call: PhoneCall | null;
  trouble: MicrophoneTrouble | null;
}

export const NO_PHONE: Phone = { state: "off", call: null, trouble: null };

export function nextPhone(phone: Phone, event: PhoneEvent): Phone {
  switch (event.what) {
    case "off":
      return NO_PHONE;
    case "opens":
    case "cut":
      return { ...phone, state: "connecting" };
    case "registered":
      return { ...phone, state: "ready" };
    case "refused":
      return { ...phone, state: "refused" };
    case "rings":
      return { ...phone, call: { call: event.call, talks: false, muted: false, held: false } };
    case "answered":
      return { ...change(phone, { talks: true }), trouble: null };
    case "muted":
      return change(phone, { muted: event.on });
    case "held":
      return change(phone, { held: event.on });
    case "over":
      return { ...phone, call: null };
    case "microphone_works":
      return { ...phone, trouble: null };
    case "no_microphone":
      return { ...phone, trouble: event.trouble };
  }
}

function change(phone: Phone, to: Partial<PhoneCall>): Phone {
  return phone.call ? { ...phone, call: { ...phone.call, ...to } } : phone;
}

/**
 * The card of the call at the softphone. Where the dial plan does not tell which one it is, it can
 * only be the one that is as far as the softphone's.
 */
export function cardOf(call: PhoneCall | null, cards: readonly Card[]): string | null {
  if (!call) return null;
  if (call.call !== null) {
    const named = cards.find((card) => nameOf(card.call) === call.call);
    return named?.call ?? null;
  }
  const fits = cards.filter(({ state, role }) =>
    call.talks
      ? state === "talking" || state === "holding"
      : state === "ringing" && role === "agent",
  );
  return fits.length === 1 ? (fits[0]?.call ?? null) : null;
}

/** A card's call is the phone system's id, a dot, and the phone system's own name of the call. */
function nameOf(call: string): string {
  return call.slice(call.indexOf(".") + 1);
}
