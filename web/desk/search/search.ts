// Whom the agent looks for: what was typed, who was found, which CRMs have still to answer.
import type { Down, FoundContact, FoundNumber } from "@/api/desk";
import type { Callee } from "../dial/useDial";

/** Who was found in one place. */
export interface Source {
  /** `null`: the phonebooks. */
  crm: string | null;
  contacts: readonly FoundContact[];
}

export interface Search {
  text: string;
  /** Answers to earlier searches are passed over. */
  number: number;
  /** The phonebooks have answered what was typed last. */
  answered: boolean;
  /** The phonebooks first; behind them the CRMs in the order in which they answered. */
  sources: readonly Source[];
  /** The CRMs that have not answered. */
  asking: readonly string[];
  failed: readonly { crm: string; code: string }[];
  /** The phonebooks themselves could not be searched. */
  broken: boolean;
}

export const NOTHING: Search = {
  text: "",
  number: 0,
  answered: false,
  sources: [],
  asking: [],
  failed: [],
  broken: false,
};

export type Searched =
  | { what: "typed"; text: string; number: number }
  | { what: "message"; message: Down };

export function nextSearch(search: Search, searched: Searched): Search {
  if (searched.what === "typed") {
    const { text, number } = searched;
    if (!text.trim()) return { ...NOTHING, text, number };
    // Who was found stays until the answer is there: nothing flickers while one types.
    return { ...search, text, number, answered: false, asking: [], failed: [], broken: false };
  }
  const { message } = searched;
  switch (message.t) {
    case "found": {
      if (message.search !== search.number) return search;
      const sources = [{ crm: null, contacts: message.contacts }];
      return { ...search, answered: true, sources, asking: message.asking };
    }
    case "found_in_crm": {
      if (message.search !== search.number) return search;
      const { crm, contacts } = message;
      return {
        ...search,
        asking: search.asking.filter((asked) => asked !== crm),
        sources: contacts.length > 0 ? [...search.sources, { crm, contacts }] : search.sources,
        failed: message.failed ? [...search.failed, { crm, code: message.failed }] : search.failed,
      };
    }
    case "hello":
      // It is asked anew: the line was lost, or numbers are seen otherwise than before.
      return { ...NOTHING, text: search.text, number: search.number };
    case "refused":
      return message.to === "search" ? { ...NOTHING, ...broken(search) } : search;
    default:
      return search;
  }
}

function broken({ text, number }: Search) {
  return { text, number, answered: true, broken: true };
}

/** One line to choose: a number of a contact. */
export interface Option {
  id: string;
  contact: FoundContact;
  /** `null`: the contact has no number, so it cannot be called. */
  number: FoundNumber | null;
  /** The first line of its contact, which shows the name. */
  leads: boolean;
}

/** How many numbers of one contact are shown. */
const NUMBERS = 4;

/** The lines of one source, each contact's likeliest number first. */
export function optionsOf(source: Source): Option[] {
  return source.contacts.flatMap((contact) => {
    const likeliest = contact.numbers[contact.first];
    const others = contact.numbers.filter((_, place) => place !== contact.first);
    const numbers: (FoundNumber | null)[] = likeliest ? [likeliest, ...others] : [null];
    return numbers.slice(0, NUMBERS).map((number, place) => ({
      // It names an element of the page, too, which may have no spaces in its name.
      id: `${encodeURIComponent(contact.id)}-${place}`,
      contact,
      number,
      leads: place === 0,
    }));
  });
}

/** What is typed may be called as it stands: digits, and what people write between them. */
export function isNumber(text: string): boolean {
  return /^\s*[+*#(]?[\d\s()./*#-]*\d[\d\s()./*#-]*$/.test(text);
}

/** The line that is chosen before the agent moves: none where a number is typed. */
export function firstChoice(text: string, options: readonly Option[]): string | null {
  if (isNumber(text)) return null;
  return options.find(({ number }) => number !== null)?.id ?? null;
}

/** The line after the chosen one, or before it, round and round; `null`: what was typed. */
export function step(
  options: readonly Option[],
  chosen: string | null,
  by: 1 | -1,
  mayLeave: boolean,
): string | null {
  const ids = options.filter(({ number }) => number !== null).map(({ id }) => id);
  const places: (string | null)[] = mayLeave ? [null, ...ids] : ids;
  if (places.length === 0) return null;
  const at = places.indexOf(chosen);
  const next = at < 0 ? (by > 0 ? 0 : places.length - 1) : at + by;
  return places[(next + places.length) % places.length] ?? null;
}

/** Whom to call by this number. */
export function calleeOfNumber(number: FoundNumber): Callee {
  return number.handle ? { handle: number.handle } : { number: number.number };
}
