// A text with its spelling made plain, from which one finds back to where a thing stood: full-width
// digits become digits, and what says "extension" in any language becomes `x`.

/** A text, and for each of its UTF-16 units where it came from. */
export interface Spelt {
  readonly text: string;
  /** One more than `text` has units: the last is the original's end. */
  readonly at: readonly number[];
}

/** These stand between numbers, with no space behind them, which a plain comma needs. */
const APART = /[，；]/;

/** NFKC, sign by sign: `０２１）` becomes `021)`, a non-breaking space a space. */
export function plain(original: string): Spelt {
  let text = "";
  const at: number[] = [];
  let from = 0;
  for (const sign of original) {
    const simple = APART.test(sign) ? sign : sign.normalize("NFKC");
    for (let unit = 0; unit < simple.length; unit += 1) at.push(from);
    text += simple;
    from += sign.length;
  }
  at.push(from);
  return { text, at };
}

/** `spelt` with each match of `pattern` (which must be global) replaced by `by`. */
export function replaced(spelt: Spelt, pattern: RegExp, by: string): Spelt {
  let text = "";
  const at: number[] = [];
  let from = 0;
  for (const match of spelt.text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    text += spelt.text.slice(from, match.index) + by;
    at.push(...spelt.at.slice(from, match.index));
    const origin = spelt.at[match.index] ?? 0;
    for (let unit = 0; unit < by.length; unit += 1) at.push(origin);
    from = end;
  }
  return {
    text: text + spelt.text.slice(from),
    at: [...at, ...spelt.at.slice(from)],
  };
}
