// What might be a phone number, told in the page itself: cheap, and so generous. The worker, which has
// every country's numbering plan, judges.

/** A digit as people in China and Japan may type it, too. */
const DIGIT = "[0-9０-９]";
/** What may stand between two digits of a number; a line break is none of it. */
const BETWEEN = "[ \\u00a0\\u2000-\\u200a\\u202f\\u3000().\\-\\/（）．－／‐-―−~]";

/** Seven digits at the least: shorter numbers are one house's own and mean nothing in a page. */
const CANDIDATE = new RegExp(`[+＋]?[(（]?${DIGIT}(?:${BETWEEN}{0,4}${DIGIT}){6,}`, "gu");

/** Enough around it for what decides: `#` or "Order" before it, an extension behind it. */
const BEFORE = 24;
const BEHIND = 16;
/** No row of numbers that somebody reads is longer; a page of digits is none. */
export const LONGEST = 400;

/** A piece of a text that the worker is asked about. */
export interface Candidate {
  /** Where `text` begins in the text that was looked at. */
  readonly start: number;
  readonly text: string;
}

/** The pieces of `text` that might hold a number, with what stands around them; none overlap. */
export function candidates(text: string): Candidate[] {
  if (text.length < 7) return [];
  const found: { start: number; end: number }[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    if (match[0].length > LONGEST - BEFORE - BEHIND) continue;
    const start = Math.max(0, match.index - BEFORE);
    const end = Math.min(text.length, match.index + match[0].length + BEHIND);
    const last = found.at(-1);
    if (!last || start >= last.end) {
      found.push({ start, end });
    } else if (end - last.start <= LONGEST) {
      // Two numbers side by side are judged together: each is what stands around the other.
      last.end = end;
    } else {
      last.end = Math.min(last.end, match.index);
      found.push({ start: match.index, end });
    }
  }
  return found.map(({ start, end }) => ({ start, text: text.slice(start, end) }));
}
