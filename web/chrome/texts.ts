// The texts of the extension for Chrome, in the language of the browser. Chrome itself reads them from
// `_locales`, because the manifest needs some before any script of ours runs.
import type english from "./_locales/en/messages.json";

export type Key = keyof typeof english;

/** The text of `key`, with `values` in the places of `$1$`, `$2$`. */
export function text(key: Key, ...values: string[]): string {
  return chrome.i18n.getMessage(key, values);
}
