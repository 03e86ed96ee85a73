// Who is found, in which order, and what a key does.
import { describe, expect, it } from "vitest";
import type { Down, FoundContact } from "@/api/desk";
import {
  calleeOfNumber,
  firstChoice,
  isNumber,
  NOTHING,
  nextSearch,
  optionsOf,
  type Search,
  type Source,
  step,
} from "./search";

function contact(id: string, numbers: string[], first = 0): FoundContact {
  return { id, name: id, numbers: numbers.map((number) => ({ number })), first, recent: false };
}

const found = (search: number, ids: string[], asking: string[] = []): Down => ({
  t: "found",
  search,
  contacts: ids.map((id) => contact(id, ["1"])),
  asking,
});

function told(...happened: (Down | string)[]): Search {
  let number = 0;
  return happened.reduce<Search>((search, it) => {
    if (typeof it !== "string") return nextSearch(search, { what: "message", message: it });
    number += 1;
    return nextSearch(search, { what: "typed", text: it, number });
  }, NOTHING);
}

const shown = ({ sources }: Search) =>
  sources.map(({ crm, contacts }) => [crm, ...contacts.map(({ id }) => id)]);

describe("a search", () => {
  it("F14 puts what a CRM finds behind what is shown, in the order of the answers", () => {
    const search = told(
      "gra",
      found(1, ["a", "b"], ["Salesforce", "Zoho"]),
      { t: "found_in_crm", search: 1, crm: "Zoho", contacts: [contact("z", ["2"])] },
      { t: "found_in_crm", search: 1, crm: "Salesforce", contacts: [contact("s", ["3"])] },
    );
    expect(shown(search)).toEqual([
      [null, "a", "b"],
      ["Zoho", "z"],
      ["Salesforce", "s"],
    ]);
    expect(search.asking).toEqual([]);
  });

  it("shows nobody who was found on the line before, and keeps what was typed", () => {
    const greeted = told("gra", found(1, ["a"]), { t: "hello" } as Down);
    expect(shown(greeted)).toEqual([]);
    expect(greeted.text).toBe("gra");
  });

  it("keeps who was found until the next answer is there", () => {
    const typing = told("g", found(1, ["a"]), "gr");
    expect(shown(typing)).toEqual([[null, "a"]]);
    expect(typing.answered).toBe(false);
    expect(shown(told("g", found(1, ["a"]), "gr", found(2, ["b"])))).toEqual([[null, "b"]]);
  });

  it("passes over answers to what is not looked for any more", () => {
    const late: Down = { t: "found_in_crm", search: 1, crm: "Zoho", contacts: [contact("z", [])] };
    expect(shown(told("g", "gr", found(2, ["b"]), found(1, ["a"]), late))).toEqual([[null, "b"]]);
  });

  it("tells which CRM could not be asked, and forgets it with the next letter", () => {
    const failed: Down = {
      t: "found_in_crm",
      search: 1,
      crm: "Zoho",
      contacts: [],
      failed: "crm_too_slow",
    };
    const search = told("g", found(1, [], ["Zoho"]), failed);
    expect(search.failed).toEqual([{ crm: "Zoho", code: "crm_too_slow" }]);
    expect(told("g", found(1, [], ["Zoho"]), failed, "gr").failed).toEqual([]);
  });

  it("is over when nothing is typed", () => {
    expect(told("g", found(1, ["a"]), " ")).toMatchObject({ sources: [], answered: false });
  });

  it("says when the phonebooks cannot be searched", () => {
    const refused: Down = { t: "refused", to: "search", code: "storage_failed" };
    expect(told("g", refused)).toMatchObject({ broken: true, text: "g" });
  });
});

describe("what can be chosen", () => {
  const source: Source = {
    crm: null,
    contacts: [contact("a", ["1", "2"], 1), contact("b", []), contact("c", ["3"])],
  };
  const options = optionsOf(source);

  it("is each number of a contact, the likeliest first", () => {
    expect(options.map(({ id, number }) => [id, number?.number])).toEqual([
      ["a-0", "2"],
      ["a-1", "1"],
      ["b-0", undefined],
      ["c-0", "3"],
    ]);
  });

  it("is gone through with the arrows, past whom nobody can call", () => {
    expect(step(options, null, 1, false)).toBe("a-0");
    expect(step(options, "a-1", 1, false)).toBe("c-0");
    expect(step(options, "c-0", 1, false)).toBe("a-0");
    expect(step(options, "a-0", -1, false)).toBe("c-0");
    expect(step([], null, 1, false)).toBe(null);
  });

  it("is what was typed where that is a number", () => {
    expect(firstChoice("gra", options)).toBe("a-0");
    expect(firstChoice("555 01", options)).toBe(null);
    expect(step(options, "c-0", 1, true)).toBe(null);
    for (const text of ["+1 (415) 555-0134", "101", "*43", "030/123"]) {
      expect(isNumber(text)).toBe(true);
    }
    for (const text of ["", "gra", "+", "3m", "1a"]) expect(isNumber(text)).toBe(false);
  });

  it("F17 is called by its handle where the number is hidden", () => {
    expect(calleeOfNumber({ number: "•••• 34", handle: "h" })).toEqual({ handle: "h" });
    expect(calleeOfNumber({ number: "555" })).toEqual({ number: "555" });
  });
});
