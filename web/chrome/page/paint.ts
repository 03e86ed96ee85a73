// Marks numbers without touching the page: a highlight is a list of ranges, no element.
import look from "./page.css?raw";

const NAME = "linecard-number";

/** With each change Chrome goes through all ranges that there are: so many come at once, and seldom. */
const TOGETHER_MS = 100;

export class Paint {
  readonly #highlight = new Highlight();
  readonly #coming = new Set<StaticRange>();
  #comes: ReturnType<typeof setTimeout> | undefined;
  readonly #sheet = new CSSStyleSheet();
  readonly #roots = new Set<ShadowRoot>();

  constructor() {
    this.#sheet.replaceSync(look);
    CSS.highlights.set(NAME, this.#highlight);
  }

  /** A highlight's look counts in the root that has its sheet; the document has it from Chrome. */
  reaches(root: ShadowRoot): void {
    this.#roots.add(root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
  }

  add(range: StaticRange): void {
    this.#coming.add(range);
    this.#comes ??= setTimeout(() => this.#come(), TOGETHER_MS);
  }

  remove(range: StaticRange): void {
    if (!this.#coming.delete(range)) this.#highlight.delete(range);
  }

  #come(): void {
    this.#comes = undefined;
    for (const range of this.#coming) this.#highlight.add(range);
    this.#coming.clear();
  }

  end(): void {
    clearTimeout(this.#comes);
    // Another copy of this script, of a newer version, may have begun.
    if (CSS.highlights.get(NAME) === this.#highlight) CSS.highlights.delete(NAME);
    this.#highlight.clear();
    for (const root of this.#roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((it) => it !== this.#sheet);
    }
  }
}
