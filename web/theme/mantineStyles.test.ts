// What these pages use of Mantine has its styles, and what Desk says has its texts: both are lists that
// somebody keeps so that a first visit loads little.
import { describe, expect, it } from "vitest";
import { first } from "@/texts/en/first";
import { forDesk } from "@/texts/en/forDesk";
import styles from "./mantineStyles.ts?raw";

const sources = import.meta.glob<string>(["../{console,desk,session,theme}/**/*.{ts,tsx}"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const sheets = import.meta.glob("../node_modules/@mantine/core/styles/*.css", { query: "?url" });

describe("the list of styles", () => {
  const used = Object.values(sources)
    .flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)])
    .flatMap(([, names]) => (names ?? "").split(","))
    .map((name) => name.trim())
    .filter((name) => `../node_modules/@mantine/core/styles/${name}.css` in sheets);

  it.each([...new Set(used)])("has %s", (name) => {
    expect(styles).toContain(`/${name}.css"`);
  });
});

/** The groups of texts that the sources at these paths ask for. */
function asked(where: RegExp): string[] {
  const groups = Object.entries(sources)
    .filter(([path]) => where.test(path) && !path.includes(".test."))
    .flatMap(([, text]) => [...text.matchAll(/\b(?:t\(|textOr\(t, )["`](\w+)/g)])
    .map(([, group]) => group ?? "");
  return [...new Set(groups)];
}

describe("the texts of Desk", () => {
  it.each(asked(/\/(desk|session|theme)\//))("have %s", (group) => {
    expect(Object.keys(forDesk)).toContain(group);
  });
});

describe("the texts of the Console's first pages", () => {
  const pages = /\/(session|theme|console\/(home|shell|health)|CrmState)/;
  it.each(asked(pages))("have %s", (group) => {
    expect(Object.keys(first)).toContain(group);
  });
});
