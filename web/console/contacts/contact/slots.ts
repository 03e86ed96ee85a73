// The nine number slots of a contact as a form holds them, and what is sent of them.
import type { ContactNumber, ContactSlot, WantedContact } from "@/api/types";

/** In the order in which people expect them. */
export const SLOTS = [
  "business",
  "business2",
  "business_fax",
  "mobile",
  "mobile2",
  "home",
  "home2",
  "home_fax",
  "other",
] as const satisfies readonly ContactSlot[];

export type Numbers = Record<ContactSlot, string>;

/** What a CRM filled may have several numbers in `other`: the first is in the slot. */
export function inSlots(numbers: readonly ContactNumber[]): { slots: Numbers; others: string[] } {
  const slots = Object.fromEntries(SLOTS.map((slot) => [slot, ""])) as Numbers;
  const others: string[] = [];
  for (const { slot, written } of numbers) {
    if (slots[slot]) others.push(written);
    else slots[slot] = written;
  }
  return { slots, others };
}

type Wanted = WantedContact["numbers"][number] & {
  /** The form's field it came from. */
  field: string;
};

/** What is filled in, in the order in which it is sent. */
export function filledIn(slots: Numbers, others: readonly string[]): Wanted[] {
  return [
    ...SLOTS.map((slot) => ({ slot, written: slots[slot], field: `slots.${slot}` })),
    ...others.map((written, place) => ({
      slot: "other" as const,
      written,
      field: `others.${place}`,
    })),
  ].filter(({ written }) => written.trim());
}

/** `numbers.2.written` as the server names a field -> the form's own name of it. */
export function fieldOf(path: string, sent: readonly { field: string }[]): string {
  const place = /^numbers\.(\d+)\./.exec(path)?.[1];
  return (place && sent[Number(place)]?.field) || path;
}
