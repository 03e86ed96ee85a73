// Which phone numbers a text holds. libphonenumber reads them with every country's plan; around it
// stands what it does not know: how numbers are written in a row, and what only looks like one.
import {
  type CountryCode,
  findPhoneNumbersInText,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumber,
} from "libphonenumber-js/max";
import type { Place } from "../messages";
import { plain, replaced, type Spelt } from "./spelling";
import { isSomethingElse } from "./vetoes";

/** What people write before an extension, and libphonenumber does not know. */
const EXTENSION = /\s?(?:转|轉|分机|分機|内線|内线)[:\s]?(?=\d{1,6}(?!\d))/gu;
/** `021-58881234-8012` has its extension behind a dash: so in China only. */
const CHINESE_EXTENSION = /(?<=(?<!\d)0\d{2,3}[- ]\d{7,8})-(?=\d{1,5}(?!\d))/gu;

/** Several numbers in a row. A slash may also be part of one: see `inOnePiece`. */
const APART = /[、，；;|\n]|,\s(?!(?:ext|x)\b)/iu;

/**
 * The numbers in `text`, in order.
 * @param country the organisation's, ISO 3166-1 alpha-2; without one only numbers with `+` are found
 */
export function numbersIn(text: string, country: string | null): Place[] {
  const home = country && isSupportedCountry(country) ? country : undefined;
  return cut(spelt(text, home), APART).flatMap((piece) => inOnePiece(piece, home));
}

function spelt(text: string, country: CountryCode | undefined): Spelt {
  const known = replaced(plain(text), EXTENSION, " x");
  return country === "CN" ? replaced(known, CHINESE_EXTENSION, " x") : known;
}

function cut(whole: Spelt, where: RegExp): Spelt[] {
  const parts: Spelt[] = [];
  let start = 0;
  const upTo = (end: number) =>
    parts.push({ text: whole.text.slice(start, end), at: whole.at.slice(start, end + 1) });
  for (const match of whole.text.matchAll(new RegExp(where, `${where.flags}g`))) {
    upTo(match.index);
    start = match.index + match[0].length;
  }
  upTo(whole.text.length);
  return parts;
}

/**
 * `030/901820` is one number, `13800138000/0755-26012345` are two: apart when each part is a number,
 * or when nothing is found whole.
 */
function inOnePiece(piece: Spelt, country: CountryCode | undefined): Place[] {
  const whole = found(piece, country);
  const apart = cut(piece, /\//u).map((part) => found(part, country));
  return apart.length > 1 && apart.every((part) => part.length > 0) ? apart.flat() : whole;
}

function found({ text, at }: Spelt, country: CountryCode | undefined): Place[] {
  const places: Place[] = [];
  for (const it of findPhoneNumbersInText(text, { ...(country && { defaultCountry: country }) })) {
    const { number, endsAt } = it;
    const startsAt = it.startsAt + strayBracket(text.slice(it.startsAt, endsAt));
    if (!number.isValid() || isSomethingElse(text, startsAt, endsAt)) continue;
    if (!isWrittenInFull(text.slice(startsAt, endsAt), number)) continue;
    places.push({
      start: at[startsAt] ?? 0,
      end: at[endsAt] ?? 0,
      number: number.number,
      extension: number.ext ?? null,
    });
  }
  return places;
}

/** 1 for the first bracket of `(415-555-0199)`, which is the sentence's and not the number's. */
function strayBracket(written: string): number {
  return written.startsWith("(") && !written.includes(")") ? 1 : 0;
}

/**
 * Whether it is written as people of its country do. libphonenumber takes `4711-0815` for a number of
 * Germany, where one always writes the 0 before it; without this half of all digits are a number.
 */
function isWrittenInFull(written: string, number: PhoneNumber): boolean {
  if (written.startsWith("+")) return true;
  const digits = written
    .split(/\s?(?:x|ext|доб)/i, 1)
    .join("")
    .replace(/\D/g, "");
  const national = number.nationalNumber as string;
  const code = number.countryCallingCode as string;
  if (digits === national) {
    const bare = parsePhoneNumber(number.number);
    return bare.formatNational({ nationalPrefix: false }).replace(/\D/g, "") === national;
  }
  // `14155550134` and `8613800138000` are written so; of others the code stands apart.
  return (
    digits !== code + national ||
    code === "1" ||
    number.getType() === "MOBILE" ||
    !/^\d+$/.test(written)
  );
}
