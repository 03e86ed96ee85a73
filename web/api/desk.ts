// The messages on Desk's socket. The OpenAPI document does not cover sockets, so they are
// written here by hand, as the server's own snapshot of them has them.
import type { Abilities, LinkStateName, PopMode } from "./types";

export interface Contact {
  name: string;
  company?: string | null;
  module: string;
  /** The record's page in the CRM. */
  page: string;
}

/** A record that the call may be with. */
export interface Choice {
  connection: string;
  crm: string;
  id: string;
  contact: Contact;
  /** It is the one that counts now. */
  chosen: boolean;
}

/** One agent's part in one call. */
export interface Card {
  call: string;
  direction: "inbound" | "outbound" | "internal";
  state: "waiting" | "ringing" | "talking" | "holding" | "ended";
  role: "caller" | "agent";
  outcome?: string | null;
  /** What became of the whole call. */
  call_outcome?: string | null;
  /** `null`: the caller withheld it. Where numbers are hidden from the agent: `•••••• 34`. */
  number?: string | null;
  /** What is sent to call the number where it is hidden. */
  handle?: string | null;
  name_from_phone?: string | null;
  queue?: string | null;
  did?: string | null;
  started: string;
  answered?: string | null;
  ended?: string | null;
  lookup: "searching" | "found" | "hidden" | "nobody" | "unavailable" | "off";
  crm?: string | null;
  contact?: Contact | null;
  /** How many further records have this number. */
  others: number;
  /** Those records, when there are several. */
  choices?: Choice[];
  /** Who has the number in phonebooks that no CRM fills, where no record is known. */
  in_phonebooks?: PhonebookContact[];
}

/** Somebody in a phonebook that no CRM fills. */
export interface PhonebookContact {
  name: string;
  company?: string | null;
  phonebook: string;
}

/** A call that the agent asked for by a click. */
export interface Dialling {
  call: string;
  number: string;
  /** What is sent to call the number where it is hidden. */
  handle?: string | null;
  name?: string | null;
}

/** Somebody who can be called. */
export interface FoundContact {
  /** Names the contact among those of one search. */
  id: string;
  name: string;
  company?: string | null;
  /** `null`: it comes from the CRM itself. */
  phonebook?: string | null;
  /** The name of the CRM that has it. */
  crm?: string | null;
  page?: string | null;
  numbers: FoundNumber[];
  /** The place of the number that is called unless another is chosen. */
  first: number;
  /** The agent had a call with it not long ago. */
  recent: boolean;
}

export interface FoundNumber {
  /** What it is for: `mobile`. */
  slot?: string | null;
  number: string;
  /** What is sent to call the number where it is hidden. */
  handle?: string | null;
}

/** What the agent is at. */
export interface Duty {
  state: "on" | "break" | "wrap_up" | "off";
  /** Of a break. */
  reason?: string | null;
  since?: string | null;
  /** Of a wrap-up. */
  until?: string | null;
}

/** A server by which the softphone finds its way, as a browser takes it. */
export interface IceServer {
  urls: string[];
  /** Until when it lets this agent through, and who it is; TURN only. */
  username?: string;
  credential?: string;
}

/** Why the phone system's queues do not know what the agent is at. */
export interface QueuesFailed {
  code: string;
  detail?: string | null;
}

export type Down =
  | {
      t: "hello";
      extension: string;
      name: string;
      duty: Duty;
      /** The reasons for a break that may be chosen. */
      breaks?: string[];
      queues_failed?: QueuesFailed | null;
      link: LinkStateName;
      abilities: Abilities;
      cards: Card[];
      /** Those whose own phone rings now. */
      dialling: Dialling[];
      /** Records may be created for numbers that no CRM knows. */
      creates?: boolean;
      /** The softphone's name in SIP; `null`: desk phones only. */
      softphone?: string | null;
      /** Numbers of outside parties are hidden from the agent: from now on, where they were not. */
      masked?: boolean;
    }
  | { t: "ice_servers"; servers: IceServer[] }
  | { t: "card"; card: Card }
  | { t: "gone"; call: string }
  | { t: "erased"; call: string }
  | { t: "pop"; id: string; call: string; url: string }
  | { t: "pop_mode"; mode: PopMode }
  | ({ t: "duty" } & Duty)
  | { t: "breaks"; reasons: string[] }
  | { t: "queues"; failed?: QueuesFailed | null }
  | { t: "link"; state: LinkStateName }
  | ({ t: "dial_progress"; stage: "ringing" | "answered" } & Dialling)
  | ({
      t: "dial_failed";
      code: string;
      detail?: string | null;
      words?: string | null;
    } & Dialling)
  | { t: "found"; search: number; contacts: FoundContact[]; asking: string[] }
  | {
      t: "found_in_crm";
      search: number;
      crm: string;
      contacts: FoundContact[];
      /** Why the CRM could not be asked. */
      failed?: string | null;
    }
  | { t: "done"; to: "note" | "choose" | "create" | "transfer"; call: string }
  | { t: "refused"; to: string; call?: string | null; code: string; detail?: string | null }
  | { t: "pong" };

/** What the softphone measured in a call. */
export interface SoundReport {
  /** As RTP names it. */
  codec: string;
  heard: SoundStream;
  /** `null`: the phone system did not say. */
  said: SoundStream | null;
  round_trip_ms: number | null;
  buffer_ms: number;
}

/** Sound in one direction. */
export interface SoundStream {
  /** Packets that arrived. */
  packets: number;
  lost: number;
  jitter_ms: number;
}

export type Up =
  | { t: "duty"; state: "on" | "off" }
  | { t: "duty"; state: "break"; reason?: string }
  | { t: "answer"; call: string }
  | { t: "pick_up"; call: string }
  | { t: "hang_up"; call: string }
  | { t: "transfer"; call: string; number: string }
  | { t: "transfer"; call: string; handle: string }
  | { t: "choose"; call: string; connection: string; module: string; id: string }
  | { t: "create"; call: string }
  | { t: "note"; call: string; note?: string; disposition?: string }
  | { t: "sound"; call: string; sound: SoundReport }
  | { t: "search"; search: number; text: string }
  | { t: "popped"; id: string; how: "tab" | "blocked" }
  | { t: "ping" };

/** A socket frame as a message; `null` for what this page does not know (a newer server). */
export function parseDown(frame: unknown): Down | null {
  if (typeof frame !== "string") return null;
  try {
    const message: unknown = JSON.parse(frame);
    return isDown(message) ? message : null;
  } catch {
    return null;
  }
}

/** Each of them: a message that is missing here does not compile. */
const KNOWN: Record<Down["t"], true> = {
  hello: true,
  card: true,
  gone: true,
  erased: true,
  pop: true,
  pop_mode: true,
  ice_servers: true,
  duty: true,
  breaks: true,
  queues: true,
  link: true,
  dial_progress: true,
  dial_failed: true,
  found: true,
  found_in_crm: true,
  done: true,
  refused: true,
  pong: true,
};

function isDown(message: unknown): message is Down {
  return (
    typeof message === "object" &&
    message !== null &&
    "t" in message &&
    typeof message.t === "string" &&
    Object.hasOwn(KNOWN, message.t)
  );
}
