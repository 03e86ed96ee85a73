// What Desk knows of the softphone, and how each event changes it. Pure.
import type { Card, SoundReport } from "@/api/desk";
import type { MicrophoneTrouble } from "./microphone";

export type PhoneEvent =
  | { what: "off" }
  | { what: "opens" }
  /** `at`: in the browser's time. */
  | { what: "registered"; at: number }
  /** The way to the server is lost; it is looked for again. */
  | { what: "cut" }
  /** It signed on too often, and waits. */
  | { what: "waits" }
  /** The phone system does not take it. */
  | { what: "refused" }
  /** `call`: the phone system's name of the call, where its dial plan tells it. */
  | { what: "rings"; id: string; call: string | null }
  | { what: "answered"; id: string }
  | { what: "muted"; id: string; on: boolean }
  | { what: "held"; id: string; on: boolean }
  /** Its sound has no way any more, or has one again. */
  | { what: "sound"; id: string; lost: boolean }
  /** The phone system did not join it with the other call. */
  | { what: "not_joined"; id: string }
  /** `sound`: how it was; `null`: nothing was said. */
  | { what: "over"; id: string; sound: SoundReport | null }
  | { what: "microphone_works" }
  | { what: "no_microphone"; trouble: MicrophoneTrouble };

/** A call at the softphone. */
export interface PhoneCall {
  /** The softphone's own name of it. */
  id: string;
  /** The phone system's name of it, where its dial plan tells it. */
  call: string | null;
  talks: boolean;
  muted: boolean;
  held: boolean;
  /** Its sound has no way now; another one is looked for. */
  soundLost: boolean;
  /** It was to be joined with the other call, and was not. */
  notJoined: boolean;
}

export interface Phone {
  state: "off" | "connecting" | "waiting" | "ready" | "refused";
  /** Since when calls ring here, in the browser's time; `null` while they do not. */
  since: number | null;
  /** In the order in which they came. */
  calls: readonly PhoneCall[];
  trouble: MicrophoneTrouble | null;
}

export const NO_PHONE: Phone = { state: "off", since: null, calls: [], trouble: null };

/** One call is talked, one held; who calls meanwhile rings at the desk phone. */
export const MOST_CALLS = 2;

export function nextPhone(phone: Phone, event: PhoneEvent): Phone {
  switch (event.what) {
    case "off":
      return NO_PHONE;
    case "opens":
      return { ...phone, state: "connecting", since: null };
    case "cut": {
      // Each attempt that is refused is a cut, too.
      const state = phone.state === "waiting" ? "waiting" : "connecting";
      return { ...phone, state, since: null };
    }
    case "registered":
      // It signs on again from time to time, without having been away.
      return { ...phone, state: "ready", since: phone.since ?? event.at };
    case "waits":
      return { ...phone, state: "waiting", since: null };
    case "refused":
      return { ...phone, state: "refused", since: null };
    case "rings": {
      const { id, call } = event;
      const flags = { talks: false, muted: false, held: false, soundLost: false, notJoined: false };
      return { ...phone, calls: [...phone.calls, { id, call, ...flags }] };
    }
    case "answered":
      return { ...change(phone, event.id, { talks: true }), trouble: null };
    case "muted":
      return change(phone, event.id, { muted: event.on });
    case "held":
      return change(phone, event.id, { held: event.on, notJoined: false });
    case "sound":
      return change(phone, event.id, { soundLost: event.lost });
    case "not_joined":
      return change(phone, event.id, { notJoined: true });
    case "over":
      return { ...phone, calls: phone.calls.filter(({ id }) => id !== event.id) };
    case "microphone_works":
      return { ...phone, trouble: null };
    case "no_microphone":
      return { ...phone, trouble: event.trouble };
  }
}

function change(phone: Phone, id: string, to: Partial<PhoneCall>): Phone {
  return {
    ...phone,
    calls: phone.calls.map((call) => (call.id === id ? { ...call, ...to } : call)),
  };
}

/**
 * Why a call that rings and has not come to the softphone will not come any more; `null`: it may yet.
 * @param startedAt when the call began, in the browser's time
 */
export function missedHere(
  { state, since, calls }: Phone,
  startedAt: number,
): "not_connected" | "full" | null {
  // There is none, or another tab has it.
  if (state === "off") return null;
  if (calls.length >= MOST_CALLS) return "full";
  // The phone system tells a call to whoever is signed on when it begins, and does not repeat it.
  return since === null || since > startedAt ? "not_connected" : null;
}

/** A softphone that is signed on is rung with the desk phone; so long it may take. */
const RUNG_WITHIN_MS = 2_000;

/**
 * From when on the softphone can fetch a call that rings and has not come to it, in the browser's time;
 * `null`: it cannot.
 * @param ringsSince since when it was seen to ring, in the browser's time
 */
export function fetchesFrom({ state, calls }: Phone, ringsSince: number): number | null {
  if (state !== "ready" || calls.length >= MOST_CALLS) return null;
  return ringsSince + RUNG_WITHIN_MS;
}

/**
 * The softphone's calls by the name of their cards. Where the dial plan does not tell which call it
 * is, or that name is gone because calls were joined, it can only be the one that is as far as the
 * softphone's and has no other.
 */
export function callsByCard(
  calls: readonly PhoneCall[],
  cards: readonly Card[],
): ReadonlyMap<string, PhoneCall> {
  const found = new Map<string, PhoneCall>();
  const rest: PhoneCall[] = [];
  for (const call of calls) {
    const named = cards.find((card) => call.call !== null && nameOf(card.call) === call.call);
    if (named) found.set(named.call, call);
    else if (call.call === null || call.talks) rest.push(call);
  }
  for (const call of rest) {
    const fits = cards.filter((card) => !found.has(card.call) && isAsFar(call, card));
    const [only] = fits;
    if (only && fits.length === 1) found.set(only.call, call);
  }
  return found;
}

function isAsFar(call: PhoneCall, { state, role }: Card): boolean {
  return call.talks
    ? state === "talking" || state === "holding"
    : state === "ringing" && role === "agent";
}

/** A card's call is the phone system's id, a dot, and the phone system's own name of the call. */
function nameOf(call: string): string {
  return call.slice(call.indexOf(".") + 1);
}
