// Extension ranges and the guesses of the set-up page.
import { describe, expect, it } from "vitest";
import { prefixIsGood } from "./DialRanges";
import { rangeIsGood } from "./ExtensionRanges";
import { countries, guessCountry, timeZones } from "./places";

describe("an extension range", () => {
  it.each([
    ["100", "199", true],
    ["100", "100", true],
    ["199", "100", false],
    ["10", "199", false],
    ["", "", false],
    ["1a0", "1a9", false],
  ])("%s to %s is good: %s", (from, to, good) => {
    expect(rangeIsGood({ from, to })).toBe(good);
  });
});

describe("places", () => {
  it("are guessed from the browser's languages", () => {
    expect(guessCountry(["en-GB", "de-DE"])).toBe("GB");
    expect(guessCountry(["de", "zh-CN"])).toBe("CN");
    expect(guessCountry(["en"])).toBe("US");
  });

  it("are named in the reader's language", () => {
    const named = (locale: string) => countries(locale).find(({ value }) => value === "DE")?.label;
    expect([named("en"), named("zh-CN")]).toEqual(["Germany", "德国"]);
  });

  it("keep a time zone that the browser does not list", () => {
    expect(timeZones("Old/Alias")).toContain("Old/Alias");
    expect(timeZones("")).toContain("UTC");
  });
});

describe("A range of numbers to call or not", () => {
  it.each([
    ["+1900", true],
    ["+882", true],
    ["1900", false],
    ["+", false],
    ["+1 900", false],
    ["+1234567890123456", false],
  ])("%s is taken: %s", (prefix, good) => {
    expect(prefixIsGood(prefix)).toBe(good);
  });
});
