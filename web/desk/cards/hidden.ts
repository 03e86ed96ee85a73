// Numbers are hidden from now on: what becomes of the cards that were shown before. Pure.
import type { Card, Contact } from "@/api/desk";
import type { ShownCard } from "./desk";

/** What stands for a number that is told no more. */
const HIDDEN = "••••••";

/** Calls that are over are told no more, so their cards go; but where the agent is writing the card
 * stays, without its number. */
export function hidden(over: readonly ShownCard[]): ShownCard[] {
  return over
    .filter(({ kept }) => kept)
    .map((shown) => ({ ...shown, card: withoutNumber(shown.card) }));
}

function withoutNumber(card: Card): Card {
  const known = (contact: Contact) => ({ ...contact, name: withoutDigits(contact.name) });
  return {
    ...card,
    number: HIDDEN,
    handle: null,
    name_from_phone: null,
    contact: card.contact ? known(card.contact) : null,
    choices: (card.choices ?? []).map((it) => ({ ...it, contact: known(it.contact) })),
    in_phonebooks: (card.in_phonebooks ?? []).map((it) => ({
      ...it,
      name: withoutDigits(it.name),
    })),
  };
}

/** A record that was created for an unknown caller is named after the number. */
function withoutDigits(name: string): string {
  return name.replace(/\+?\d[\d ().-]{4,}\d/g, HIDDEN);
}
