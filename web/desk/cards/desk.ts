// Desk's state and how each message changes it. Pure: time is an argument.
import type { Card, Dialling, Down, Duty, IceServer, QueuesFailed } from "@/api/desk";
import type { Abilities, LinkStateName, PopMode } from "@/api/types";
import { NEVER_SAID } from "../duty/duty";
import { hidden } from "./hidden";

/** An ended card stays for so long, for wrap-up. */
export const STAYS_MS = 120_000;

/** The call may have come about although its beginning was not told. */
const UNCERTAIN = ["link_lost", "phone_system_timed_out"];

/** Nobody was there any more whom the softphone could have fetched: that is said also when the card
 * has ended by then. */
const TOO_LATE = "call_over_or_taken";

/** Late word comes within seconds: of the latest calls. */
const MOST_DISMISSED = 50;

/** What an agent can ask for about a call. */
export type Asked = "answer" | "pick_up" | "hang_up" | "transfer" | "note" | "choose" | "create";

/** A card as shown, with what only the browser knows of it. */
export interface ShownCard {
  card: Card;
  /** When the call was seen to begin and to be answered, in the browser's own time. The two
   * clocks differ, and a live duration must start at zero. */
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  /** Since when it was seen to ring for the agent, in the browser's own time. */
  ringsSince: number | null;
  /** The agent asked for something and the answer is not there yet. */
  pending: Asked | null;
  /** What was asked for last and is done. */
  done: Asked | null;
  /** The agent is writing about the call: the card stays. */
  kept: boolean;
  /** Why the last request was not carried out. */
  refused: { code: string; detail: string | null } | null;
}

/** A call asked for, as shown until its card takes over or the agent has read why it failed. */
export interface ShownDial {
  dialling: Dialling;
  failed: { code: string; detail: string | null; words: string | null } | null;
  pending: "answer" | "hang_up" | null;
}

export interface Desk {
  /** False until the server has greeted. */
  ready: boolean;
  extension: string;
  name: string;
  duty: Duty;
  /** When a wrap-up ends, in the browser's own time. */
  wrapUpEnds: number | null;
  /** Why the phone system's queues do not know it. */
  queuesFailed: QueuesFailed | null;
  /** The reasons for a break that may be chosen. */
  breaks: readonly string[];
  /** Why the last choice of duty was not taken. */
  dutyRefused: { code: string; detail: string | null } | null;
  link: LinkStateName;
  abilities: Abilities;
  cards: readonly ShownCard[];
  dials: readonly ShownDial[];
  /** Calls whose cards the agent removed, newest last: late word of one that is over, such as that
   * it was written, does not bring its card back. */
  dismissed: readonly string[];
  /** Records may be created for numbers that no CRM knows. */
  creates: boolean;
  /** The softphone's name in SIP; `null`: desk phones only. */
  softphone: string | null;
  /** Numbers of outside parties are hidden from the agent. */
  masked: boolean;
  /** The servers by which the softphone finds its way; told anew before they let nobody through. */
  iceServers: readonly IceServer[];
  /** Who opens the contacts' pages. */
  popMode: PopMode;
}

export const EMPTY: Desk = {
  ready: false,
  extension: "",
  name: "",
  duty: NEVER_SAID,
  wrapUpEnds: null,
  queuesFailed: null,
  breaks: [],
  dutyRefused: null,
  link: "connecting",
  abilities: {
    answer: false,
    hang_up: false,
    dial: false,
    transfer: false,
    pick_up: false,
    simulation: false,
  },
  cards: [],
  dials: [],
  dismissed: [],
  creates: false,
  softphone: null,
  masked: false,
  iceServers: [],
  popMode: "automatic",
};

export type Happening =
  | { what: "message"; message: Down; now: number }
  | { what: "asked"; call: string; for: Asked }
  | { what: "writing"; call: string; on: boolean }
  | { what: "dismissed"; call: string }
  | { what: "time"; now: number };

export function next(desk: Desk, happening: Happening): Desk {
  switch (happening.what) {
    case "message":
      return take(desk, happening.message, happening.now);
    case "asked":
      return edit(
        {
          ...desk,
          dials: desk.dials.map((shown) =>
            shown.dialling.call === happening.call && isOfPhone(happening.for)
              ? { ...shown, pending: happening.for }
              : shown,
          ),
        },
        happening.call,
        (shown) => ({ ...shown, pending: happening.for, done: null, refused: null }),
      );
    case "writing":
      // The form closes by itself once the note is kept: that it is stays said.
      return edit(desk, happening.call, (shown) => ({
        ...shown,
        kept: happening.on,
        done: happening.on ? null : shown.done,
      }));
    case "dismissed":
      return {
        ...desk,
        cards: desk.cards.filter(({ card }) => card.call !== happening.call),
        dials: desk.dials.filter(({ dialling }) => dialling.call !== happening.call),
        dismissed: withLatest(desk.dismissed, happening.call),
      };
    case "time":
      return forget(desk, happening.now);
  }
}

function take(desk: Desk, message: Down, now: number): Desk {
  switch (message.t) {
    case "hello": {
      const { extension, name, duty, link, abilities, cards, dialling } = message;
      const live = new Set(cards.map(({ call }) => call));
      const masked = message.masked ?? false;
      const hides = masked && desk.ready && !desk.masked;
      // What ended while the line was down would ring on for ever.
      const ended = desk.cards
        .filter(({ card }) => !live.has(card.call))
        .map((shown) => end(shown, now));
      const over = hides ? hidden(ended) : ended;
      // What rang while the line was down has a card by now, or has come to nothing.
      const failed = hides ? [] : desk.dials.filter((shown) => shown.failed !== null);
      const dials = [...failed, ...dialling.map(shownDial)];
      const creates = message.creates ?? false;
      const softphone = message.softphone ?? null;
      const { popMode, dismissed } = desk;
      const may = { abilities, creates, softphone, masked, iceServers: [] };
      const wrapUpEnds = endOfWrapUp(duty, now, false);
      const queuesFailed = message.queues_failed ?? null;
      const at = {
        duty,
        wrapUpEnds,
        queuesFailed,
        breaks: message.breaks ?? [],
        dutyRefused: null,
      };
      const seat = { extension, name, ...at, link, ...may, popMode, dismissed };
      const greeted = { ready: true, ...seat, cards: over, dials };
      // What was asked for over the line before is answered there, or never.
      const before = desk.cards.map((shown) => ({ ...shown, pending: null }));
      return cards.reduce((so_far, card) => put(so_far, card, now, before), greeted as Desk);
    }
    case "ice_servers":
      return { ...desk, iceServers: message.servers };
    case "card":
      return put(desk, message.card, now, desk.cards);
    case "gone":
      return desk.dismissed.includes(message.call)
        ? without(desk, message.call)
        : edit(desk, message.call, (shown) => end(shown, now));
    case "erased":
      return without(desk, message.call);
    case "pop_mode":
      return { ...desk, popMode: message.mode };
    case "duty": {
      const { state, reason, since, until } = message;
      const duty = { state, reason, since, until };
      const wrapUpEnds = endOfWrapUp(duty, now, true);
      return { ...desk, duty, wrapUpEnds, dutyRefused: null };
    }
    case "queues":
      return { ...desk, queuesFailed: message.failed ?? null };
    case "breaks":
      return { ...desk, breaks: message.reasons };
    case "link":
      return { ...desk, link: message.state };
    case "dial_progress": {
      const others = desk.dials.filter(({ dialling }) => dialling.call !== message.call);
      const dials = message.stage === "ringing" ? [...others, shownDial(message)] : others;
      return { ...desk, dials };
    }
    case "dial_failed": {
      const { code, detail, words } = message;
      const failed = { code, detail: detail ?? null, words: words ?? null };
      const others = desk.dials.filter(({ dialling }) => dialling.call !== message.call);
      // Who gave up knows why nothing came of it.
      const dials = code === "given_up" ? others : [...others, { ...shownDial(message), failed }];
      if (UNCERTAIN.includes(code)) return { ...desk, dials };
      // The reason stands, and no card of a call with nobody.
      const dismissed = withLatest(desk.dismissed, message.call);
      const cards = desk.cards.filter(
        ({ card, endedAt }) => card.call !== message.call || endedAt === null,
      );
      return { ...desk, cards, dials, dismissed };
    }
    case "done":
      return edit(desk, message.call, (shown) => ({
        ...shown,
        pending: shown.pending === message.to ? null : shown.pending,
        done: message.to,
        kept: message.to === "note" ? false : shown.kept,
      }));
    case "refused":
      if (message.to === "duty") {
        const dutyRefused = { code: message.code, detail: message.detail ?? null };
        return { ...desk, dutyRefused };
      }
      return refuse(desk, message.call ?? null, message.code, message.detail ?? null);
    case "pop":
    case "pong":
    case "found":
    case "found_in_crm":
      return desk;
  }
}

/** Whether somebody calls the agent, and nobody has answered. */
export function rings({ state, role, ended }: Card): boolean {
  return state === "ringing" && role === "agent" && !ended;
}

function shownDial({ call, number, handle, name }: Dialling): ShownDial {
  const dialling = { call, number, handle: handle ?? null, name: name ?? null };
  return { dialling, failed: null, pending: null };
}

function put(desk: Desk, card: Card, now: number, before: readonly ShownCard[]): Desk {
  const known = before.find((shown) => shown.card.call === card.call);
  const others = desk.cards.filter((shown) => shown.card.call !== card.call);
  const isOver = card.state === "ended" || Boolean(card.ended);
  if (isOver && desk.dismissed.includes(card.call)) return { ...desk, cards: others };
  const shown: ShownCard = {
    card: withCallee(desk, isOver ? { ...card, state: "ended" } : card),
    startedAt: known?.startedAt ?? seen(card.started, now),
    answeredAt:
      known?.answeredAt ??
      // Answered while we looked on: now. Found answered already: by the server's clock.
      (card.answered ? (known ? now : seen(card.answered, now)) : null),
    endedAt: isOver ? (known?.endedAt ?? now) : null,
    ringsSince: rings(card) ? (known?.ringsSince ?? now) : null,
    pending: known && known.card.state === card.state && !isOver ? known.pending : null,
    done: known?.done ?? null,
    kept: known?.kept ?? false,
    refused: isOver && known?.refused?.code === TOO_LATE ? known.refused : null,
  };
  return { ...desk, cards: [...others, shown].sort(byUrgency) };
}

/** While the agent's own phone rings, only the browser's request says who is to be called. */
function withCallee(desk: Desk, card: Card): Card {
  const asked = desk.dials.find(({ dialling }) => dialling.call === card.call)?.dialling;
  return asked && !card.number ? { ...card, number: asked.number, handle: asked.handle } : card;
}

function without(desk: Desk, call: string): Desk {
  return { ...desk, cards: desk.cards.filter(({ card }) => card.call !== call) };
}

function withLatest(dismissed: readonly string[], call: string): readonly string[] {
  return [...dismissed, call].slice(-MOST_DISMISSED);
}

/** The two clocks differ: a wrap-up that was seen to begin lasts as long as it lasts, and one that was
 * found never longer. */
function endOfWrapUp({ since, until }: Duty, now: number, begins: boolean): number | null {
  if (!since || !until) return null;
  const lasts = Date.parse(until) - Date.parse(since);
  return begins ? now + lasts : Math.min(Date.parse(until), now + lasts);
}

/** The server's time in the browser's, never in the future. */
function seen(at: string, now: number): number {
  const parsed = Date.parse(at);
  return Number.isNaN(parsed) ? now : Math.min(parsed, now);
}

function end(shown: ShownCard, now: number): ShownCard {
  if (shown.endedAt !== null) return shown;
  return { ...shown, card: { ...shown.card, state: "ended" }, endedAt: now, pending: null };
}

function refuse(desk: Desk, call: string | null, code: string, detail: string | null): Desk {
  const cards = desk.cards.map((shown) => {
    const meant = call === null ? shown.pending !== null : shown.card.call === call;
    return meant ? { ...shown, pending: null, refused: { code, detail } } : shown;
  });
  const dials = desk.dials.map((shown) => ({ ...shown, pending: null }));
  return { ...desk, cards, dials };
}

function forget(desk: Desk, now: number): Desk {
  const stays = ({ endedAt, kept }: ShownCard) =>
    kept || endedAt === null || now - endedAt < STAYS_MS;
  return desk.cards.every(stays) ? desk : { ...desk, cards: desk.cards.filter(stays) };
}

function isOfPhone(asked: Asked): asked is "answer" | "hang_up" {
  return asked === "answer" || asked === "hang_up";
}

function edit(desk: Desk, call: string, change: (shown: ShownCard) => ShownCard): Desk {
  const cards = desk.cards.map((shown) => (shown.card.call === call ? change(shown) : shown));
  return { ...desk, cards: cards.sort(byUrgency) };
}

const URGENCY: Record<Card["state"], number> = {
  ringing: 0,
  talking: 1,
  holding: 2,
  waiting: 3,
  ended: 4,
};

/** What rings comes first, what has ended last; among equals the newest. */
function byUrgency(a: ShownCard, b: ShownCard): number {
  return URGENCY[a.card.state] - URGENCY[b.card.state] || b.startedAt - a.startedAt;
}
