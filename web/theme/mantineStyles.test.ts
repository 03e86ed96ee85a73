// What these pages use of Mantine has its styles, and what Desk says has its texts: these are lists that
// somebody keeps so that a first visit loads little.
import { describe, expect, it } from "vitest";
import { first } from "@/texts/en/first";
import { forDesk } from "@/texts/en/forDesk";
import later from "./laterStyles.ts?raw";
import styles from "./mantineStyles.ts?raw";

const sources = import.meta.glob<string>(["../{console,desk,session,theme}/**/*.{ts,tsx}"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const sheets = import.meta.glob("../node_modules/@mantine/core/styles/*.css", { query: "?url" });

/** The components of Mantine with styles that the sources at these paths use. */
function used(where: RegExp): string[] {
  const names = Object.entries(sources)
    .filter(([path]) => where.test(path))
    .flatMap(([, text]) => [...text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)])
    .flatMap(([, found]) => (found ?? "").split(","))
    .map((name) => name.trim());
  return [...new Set(names)].filter(
    (name) => `../node_modules/@mantine/core/styles/${name}.css` in sheets,
  );
}

/** The Console before any page behind Home is asked for; Desk has both lists from the start. */
const FIRST = /\/(session|theme|console\/(home|shell|health\/ProblemList))/;

describe("the lists of styles", () => {
  it.each(used(/./))("have %s", (name) => {
    expect(styles + later).toContain(`/${name}.css"`);
  });

  it.each(used(FIRST))("have %s from the start", (name) => {
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
