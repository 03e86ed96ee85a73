// Builds what the pages of the extension show: text goes in as text, never as markup.

type Child = Node | string;

/** An element with these properties and what is in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...inside: Child[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

/** Whose page this is. */
export function heading(words: string): HTMLHeadingElement {
  return element("h1", {}, element("img", { src: "icons/128.png", alt: "" }), words);
}

/** The page's language and name, and where its parts go. */
export function begin(title: string): HTMLElement {
  // Not the browser's own language: the one that the texts are in.
  document.documentElement.lang = chrome.i18n.getMessage("language");
  document.title = title;
  return document.querySelector("main") ?? document.body.appendChild(element("main"));
}
