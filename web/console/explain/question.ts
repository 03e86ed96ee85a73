// What is asked, as the page's address holds it: a link to an explanation can be sent around.
import type { ExplainQuestion } from "@/api/types";

export interface ExplainSearch {
  /** The address turns plain digits into a number; an empty text is a withheld one. */
  number?: string | number;
  direction?: "outbound";
  extension?: string | number;
  did?: string | number;
  trunk?: string | number;
  at?: string;
  /** A call that was, instead of a number. */
  call?: string;
}

export interface Asked {
  number: string;
  direction: "inbound" | "outbound";
  extension: string;
  did: string;
  trunk: string;
  /** As the browser's field for a moment holds it: local time without a zone. */
  at: string;
}

export const NOTHING: Asked = {
  number: "",
  direction: "inbound",
  extension: "",
  did: "",
  trunk: "",
  at: "",
};

const text = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? value : undefined;

export function explainSearch(search: Record<string, unknown>): ExplainSearch {
  const read = {
    number: text(search.number),
    direction: search.direction === "outbound" ? ("outbound" as const) : undefined,
    extension: text(search.extension),
    did: text(search.did),
    trunk: text(search.trunk),
    at: typeof search.at === "string" ? search.at : undefined,
    call: typeof search.call === "string" ? search.call : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

export function askedIn(search: ExplainSearch): Asked {
  return {
    number: String(search.number ?? ""),
    direction: search.direction ?? "inbound",
    extension: String(search.extension ?? ""),
    did: String(search.did ?? ""),
    trunk: String(search.trunk ?? ""),
    at: search.at && !Number.isNaN(Date.parse(search.at)) ? search.at : "",
  };
}

/** What was typed or pasted, as the address holds it: the number always, the rest where it says
 * something. */
export function searchOf(asked: Asked): ExplainSearch {
  const number = pasted(asked.number);
  return {
    number,
    ...(asked.direction === "outbound" ? { direction: "outbound" as const } : {}),
    ...(asked.extension ? { extension: asked.extension } : {}),
    ...(asked.did.trim() ? { did: asked.did.trim() } : {}),
    ...(asked.trunk.trim() ? { trunk: asked.trunk.trim() } : {}),
    ...(asked.at ? { at: asked.at } : {}),
  };
}

export function questionOf(asked: Asked, anew: boolean): ExplainQuestion {
  return {
    number: asked.number,
    direction: asked.direction,
    extension: asked.extension || null,
    did: asked.did || null,
    trunk: asked.trunk || null,
    at: asked.at ? new Date(asked.at).toISOString() : null,
    anew,
  };
}

/** A number as it is pasted from a page: without the link's beginning, and on one line. */
function pasted(number: string): string {
  return number
    .replace(/^\s*(tel|callto|sip):/i, "")
    .replace(/\s+/g, " ")
    .trim();
}
