// Texts whose key comes from the server: shown when we have them, else a fallback.
import type { i18n, TFunction } from "i18next";

/** The text at `group.name` in the reader's language, or `fallback` when there is none. */
export function textOr(
  t: TFunction,
  group: string,
  name: string | null | undefined,
  fallback: string,
  values: Record<string, string> = {},
): string {
  if (!name) return fallback;
  // Which keys there are is known only where the texts are; a group of texts is no text.
  const found = (t as unknown as (key: string, values: object) => unknown)(`${group}.${name}`, {
    ...values,
    defaultValue: "",
    returnObjects: true,
  });
  return typeof found === "string" && found ? found : fallback;
}

/** For formatting dates and names: the language that the texts are in. */
export function localeOf(texts: i18n): string {
  return texts.resolvedLanguage ?? "en";
}
