// Texts whose key comes from the server: shown when we have them, else a fallback.
import type { i18n, TFunction } from "i18next";
import { en } from "./en";

/** The text at `group.name` in the reader's language, or `fallback` when there is none. */
export function textOr(
  t: TFunction,
  group: string,
  name: string | null | undefined,
  fallback: string,
  values: Record<string, string> = {},
): string {
  if (!name || !has(`${group}.${name}`)) return fallback;
  // The key was just looked up in the English texts, which hold every key there is.
  return (t as unknown as (key: string, values: object) => string)(`${group}.${name}`, values);
}

function has(key: string): boolean {
  let at: unknown = en;
  for (const part of key.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return false;
    at = (at as Record<string, unknown>)[part];
  }
  return typeof at === "string";
}

/** For formatting dates and names: the language that the texts are in. */
export function localeOf(texts: i18n): string {
  return texts.resolvedLanguage ?? "en";
}
