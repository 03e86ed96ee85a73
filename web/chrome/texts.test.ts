// Both languages of the extension for Chrome say the same things, and Chrome can read them.
import { describe, expect, it } from "vitest";
import english from "./_locales/en/messages.json";
import chinese from "./_locales/zh_CN/messages.json";

interface Text {
  message: string;
  placeholders?: Record<string, { content: string }>;
}
const en: Record<string, Text> = english;
const zh: Record<string, Text> = chinese;
const named = (text: Text | undefined) => (text?.message.match(/\$\w+\$/g) ?? []).sort();

describe("the texts of the extension for Chrome", () => {
  it("have the same keys in both languages", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.keys(en))("%s takes the same values in both languages", (key) => {
    expect(named(zh[key])).toEqual(named(en[key]));
    for (const text of [en[key], zh[key]]) {
      const filled = Object.keys(text?.placeholders ?? {}).map((name) => `$${name}$`);
      expect(named(text)).toEqual(filled.sort());
    }
  });

  it("are Chinese in Chinese, but for the name", () => {
    const untranslated = Object.entries(zh).filter(([, it]) => !/\p{Script=Han}/u.test(it.message));
    expect(untranslated.map(([key]) => key)).toEqual(["name", "language"]);
  });
});
