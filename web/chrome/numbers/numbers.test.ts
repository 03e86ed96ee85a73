// What the corpus cannot say: where no country is known, hostile texts, and where a number stands.
import { describe, expect, it } from "vitest";
import { numbersIn } from "./numbers";
import { candidates, LONGEST } from "./prefilter";

describe("c1 a number's place", () => {
  it("is where it stands in the page, whatever became of its spelling", () => {
    const text = "㈱ＡＢＣ　電話 ０３－３５０１－１５１１ 内線12";
    const [place] = numbersIn(text, "JP");
    expect(text.slice(place?.start, place?.end)).toBe("０３－３５０１－１５１１ 内線12");
    expect(place).toMatchObject({ number: "+81335011511", extension: "12" });
  });

  it("counts a sign outside the basic plane as two units, as a range in a page does", () => {
    const text = "📞📞 415-555-0134";
    const [place] = numbersIn(text, "US");
    expect(text.slice(place?.start, place?.end)).toBe("415-555-0134");
  });
});

it("c1 in a long row of numbers each is found once", () => {
  const row = Array.from({ length: 90 }, (_, at) => `415-555-01${at + 10}`).join(", ");
  const numbers = candidates(row).flatMap((it) => numbersIn(it.text, "US").map((n) => n.number));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toHaveLength(90);
});

describe("c1 without a country", () => {
  it.each([null, "", "XX", "constructor"])("%j: only numbers with + are found", (country) => {
    expect(numbersIn("030 901820, +49 30 901820", country)).toHaveLength(1);
  });
});

describe("c1 what a page sends away", () => {
  it("is only what looks like a number, with a few letters around it", () => {
    const secret = "x".repeat(500);
    const sent = candidates(`${secret} 415-555-0134 ${secret}`);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text.length).toBeLessThan(60);
  });

  it("is nothing where there are no seven digits", () => {
    expect(candidates("Room 12, 3rd floor, 94105 San Francisco")).toEqual([]);
  });
});

it.each([
  "1".repeat(200_000),
  "1-".repeat(100_000),
  "( 1".repeat(70_000),
  "+".repeat(200_000),
  "415-555-0134 ".repeat(5_000),
])("c1 a hostile text of many signs is done with soon and breaks nothing: %.20s", (text) => {
  for (const candidate of candidates(text)) {
    expect(candidate.text.length).toBeLessThanOrEqual(LONGEST);
    numbersIn(candidate.text, "US");
  }
});
