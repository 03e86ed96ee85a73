// What looks like a phone number and is something else: told by how it is written, and by what stands
// right before and behind it.
import { namesSomethingElse } from "./labels";

/** A letter of a script that writes words with spaces; in `电话13800138000` there is none. */
const WORD = "[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}0-9_]";

/** Names of accounts and hashes, prices, parts of something longer. */
const BEFORE = new RegExp(`(?:${WORD}|[@#$€¥£₹%№]|\\d[-./:,])$|[#$€¥£₹№] $`, "u");
const BEHIND = new RegExp(
  `^(?:${WORD}|[-./:,]\\d|-${WORD}|\\s?(?:[€$£₹%元円]|(?:USD|EUR|GBP|CNY|RMB|JPY|INR|RUB|BRL|руб)\\b))`,
  "u",
);

/** `192.168.10.22` */
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** `2024-03-15`, `15.03.2024`, `03/15/2024`, and a time behind it. */
const DATE =
  /^(?:(?:19|20)\d\d([-./ ])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)(?!\d)/;
/** `2024-000123`: what firms number anew each year. */
const OF_A_YEAR = /^(?:19|20)\d\d[-/.]\d{3,}$/;

/** Whether what stands in `text` from `start` to `end` is no phone number, whatever a plan says. */
export function isSomethingElse(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  const before = text.slice(0, start);
  return (
    BEFORE.test(before) ||
    BEHIND.test(text.slice(end)) ||
    ADDRESS.test(written) ||
    DATE.test(written) ||
    OF_A_YEAR.test(written) ||
    (!written.startsWith("+") && namesSomethingElse(before))
  );
}
