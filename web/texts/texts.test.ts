// Both languages say the same things: the same keys, the same values to fill in, nothing empty.
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { zhCN } from "./zh-CN";

function flat(texts: object, above = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, value]) =>
      typeof value === "string"
        ? [[`${above}${name}`, value] as const]
        : [...flat(value, `${above}${name}.`)],
    ),
  );
}

const english = flat(en);
const chinese = flat(zhCN);
const blanks = (text: string | undefined) => (text?.match(/\{\{\w+\}\}/g) ?? []).sort();

describe("the texts", () => {
  it("have the same keys in both languages", () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english.keys()])("%s takes the same values in both languages", (key) => {
    expect(blanks(chinese.get(key))).toEqual(blanks(english.get(key)));
  });

  it("are never empty", () => {
    const empty = [...english, ...chinese].filter(([, text]) => text.trim() === "");
    expect(empty).toEqual([]);
  });

  it("are Chinese in Chinese, but for names", () => {
    const names = new Set([
      "page.product",
      "session.english",
      "console.home.crm",
      "health.crms",
      "phone.asterisk",
      "calls.crm",
      "desk.title",
      "desk.the_crm",
      "desk.search.in_crm",
    ]);
    const untranslated = [...chinese].filter(
      ([key, text]) => !names.has(key) && !/\p{Script=Han}/u.test(text),
    );
    expect(untranslated).toEqual([]);
  });
});
