// Starts the texts in the reader's language and keeps `<html lang>` in step with it.
import i18next, { type BackendModule, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@/api/types";

type Fetched = Readonly<Record<Language, () => Promise<object>>>;

/** What fetches an application's texts; of each only the language that is read. */
export interface Texts {
  /** Those that the first page needs. */
  first: Fetched;
  /** Those of the pages behind it: the namespace `later`, which these pages wait for. */
  later?: Fetched;
}

const KEPT = "linecard.language";

/** The account's language wins; until one is signed in, what was last used here counts. */
export async function startTexts(fetched: Texts): Promise<i18n> {
  const texts = i18next.createInstance();
  texts.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await texts
    .use(from(fetched))
    .use(initReactI18next)
    .init({
      lng: languageOf(localStorage.getItem(KEPT), navigator.languages),
      load: "currentOnly",
      fallbackLng: false,
      ns: "translation",
      fallbackNS: "later",
      // React escapes: escaping here too would show `&lt;` to people.
      interpolation: { escapeValue: false },
    });
  return texts;
}

function from(fetched: Texts): BackendModule {
  return {
    type: "backend",
    init() {},
    read(language, namespace, done) {
      const part = namespace === "later" ? fetched.later : fetched.first;
      part?.[language as Language]().then(
        (texts) => done(null, texts),
        (error: Error) => done(error, false),
      );
    },
  };
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
