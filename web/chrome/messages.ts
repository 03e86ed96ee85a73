// What the parts of the extension for Chrome say to each other: pages and the options ask, the worker
// answers. Everything here goes through `chrome.runtime.sendMessage`, so it is plain JSON.

/** From a page: which of these texts hold phone numbers. */
export interface Check {
  readonly kind: "check";
  /** Pieces of the page's text that look like numbers, at most `MOST_TEXTS` of them. */
  readonly texts: readonly string[];
}

/** How many texts one `Check` may have; a page with more asks again. */
export const MOST_TEXTS = 200;

/** A phone number in a text. */
export interface Place {
  /** Where it begins and ends in the text, in UTF-16 units, as `Range` counts. */
  readonly start: number;
  readonly end: number;
  /** In E.164: `+4930901820`. */
  readonly number: string;
  /** The other company's own extension, digits only, where the text has one. */
  readonly extension: string | null;
}

/** For each text of a `Check`, in the same order, the numbers in it. */
export type Checked = readonly (readonly Place[])[];

/** From a page: somebody clicked, call this. */
export interface Call {
  readonly kind: "call";
  /** In E.164 where it is known, else as it was written; the server reads it. */
  readonly number: string;
  readonly extension: string | null;
  /** The address of the page in which it stands, for the journal. */
  readonly page: string;
}

/** What came of a deed; `words` say what happened, why, and what to do, in the reader's language. */
export type Done = { readonly ok: true } | { readonly ok: false; readonly words: string };

/** From the options and the popup: how things stand. */
export interface AskState {
  readonly kind: "state";
}

/** From the options: sign in at this address, as somebody typed it. */
export interface SignIn {
  readonly kind: "sign in";
  readonly server: string;
}

/** From the options: forget this device. */
export interface SignOut {
  readonly kind: "sign out";
}

/** How things stand with the server. */
export interface State {
  /** Linecard's address; `null` until somebody has given one. */
  readonly server: string | null;
  /** Whether the administrator has set it, so that nobody can change it here. */
  readonly managed: boolean;
  /** Who is signed in; `null` for nobody. */
  readonly agent: { readonly name: string; readonly extension: string | null } | null;
  readonly link: "off" | "connecting" | "up";
  /** Why it is not up, or what somebody should do, in the reader's language. */
  readonly problem: string | null;
}

/** To every open page of the extension: the state is another now. */
export interface StateChanged {
  readonly kind: "state changed";
  readonly state: State;
}

/** What the worker is asked. */
export type Asked = Check | Call | AskState | SignIn | SignOut;

/** What the worker answers to each. */
export interface Answers {
  readonly check: Checked;
  readonly call: Done;
  readonly state: State;
  readonly "sign in": Done;
  readonly "sign out": Done;
}

/** Asks the worker, which Chrome starts when it sleeps. */
export function ask<Message extends Asked>(message: Message): Promise<Answers[Message["kind"]]> {
  return chrome.runtime.sendMessage(message);
}
