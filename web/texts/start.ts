// Starts the texts in the reader's language and keeps `<html lang>` in step with it.
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@/api/types";
import { en } from "./en";
import { zhCN } from "./zh-CN";

const KEPT = "linecard.language";

/** The account's language wins; until one is signed in, what was last used here counts. */
export function startTexts(): i18n {
  const texts = i18next.createInstance();
  texts.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  void texts.use(initReactI18next).init({
    lng: languageOf(localStorage.getItem(KEPT), navigator.languages),
    fallbackLng: "en",
    resources: { en: { translation: en }, "zh-CN": { translation: zhCN } },
    // React escapes: escaping here too would show `&lt;` to people.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}

/** Shows the pages in `language` and remembers it for the next visit. */
export function setLanguage(texts: i18n, language: Language): void {
  localStorage.setItem(KEPT, language);
  if (texts.language !== language) void texts.changeLanguage(language);
}

/** Any kind of Chinese reads Chinese, all others English. */
export function languageOf(kept: string | null, wished: readonly string[]): Language {
  if (kept === "en" || kept === "zh-CN") return kept;
  for (const tag of wished) {
    if (tag.toLowerCase().startsWith("zh")) return "zh-CN";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "en";
}
