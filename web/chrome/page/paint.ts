// Marks numbers without touching the page: a highlight is a list of ranges, no element. With each change
// Chrome goes through all ranges in it, so it has only those near the visible part.
import { boxAround, Near } from "./near";
import look from "./page.css?raw";

const NAME = "linecard-number";

/** After a change Chrome looks through the page for what has to be drawn: many come together, and seldom. */
const TOGETHER_MS = 50;
/** Not while somebody scrolls, whom that would disturb and who reads nothing meanwhile: so long after. */
const STILL_MS = 150;
/** Who goes on scrolling has marks now and then. */
const LATEST_MS = 1_000;

/** An element with numbers in it. */
interface Place {
  readonly ranges: Set<StaticRange>;
  near: boolean;
}

export class Paint {
  readonly #highlight = new Highlight();
  readonly #places = new Map<Element, Place>();
  readonly #elements = new Map<StaticRange, Element>();
  readonly #near = new Near((moved) => this.#moved(moved));
  readonly #coming = new Set<Element>();
  /** Since when something is coming. */
  #since = 0;
  #comes: ReturnType<typeof setTimeout> | undefined;
  #scrolled = Number.NEGATIVE_INFINITY;
  readonly #stop = new AbortController();
  readonly #sheet = new CSSStyleSheet();
  readonly #roots = new Set<ShadowRoot>();

  constructor() {
    this.#sheet.replaceSync(look);
    CSS.highlights.set(NAME, this.#highlight);
    const scrolled = () => {
      this.#scrolled = performance.now();
    };
    const { signal } = this.#stop;
    addEventListener("scroll", scrolled, { signal, passive: true, capture: true });
  }

  /** A highlight's look counts in the root that has its sheet; the document has it from Chrome. */
  reaches(root: ShadowRoot): void {
    this.#roots.add(root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
  }

  add(range: StaticRange): void {
    const element = boxAround(range.startContainer);
    if (!element) return;
    this.#elements.set(range, element);
    const place = this.#places.get(element);
    if (!place) {
      this.#places.set(element, { ranges: new Set([range]), near: false });
      this.#near.follow(element);
      return;
    }
    place.ranges.add(range);
    if (place.near) this.#highlight.add(range);
  }

  remove(range: StaticRange): void {
    this.#highlight.delete(range);
    const element = this.#elements.get(range);
    const place = element && this.#places.get(element);
    if (!place) return;
    this.#elements.delete(range);
    place.ranges.delete(range);
    if (place.ranges.size > 0) return;
    this.#places.delete(element);
    this.#near.leave(element);
  }

  #moved(moved: ReadonlyMap<Element, boolean>): void {
    for (const [element, isNear] of moved) {
      const place = this.#places.get(element);
      if (!place || place.near === isNear) continue;
      place.near = isNear;
      this.#coming.add(element);
    }
    if (this.#coming.size === 0 || this.#comes !== undefined) return;
    this.#since = performance.now();
    this.#wait();
  }

  #wait(): void {
    this.#comes = setTimeout(() => {
      const now = performance.now();
      if (now - this.#scrolled < STILL_MS && now - this.#since < LATEST_MS) this.#wait();
      else this.#come();
    }, TOGETHER_MS);
  }

  #come(): void {
    this.#comes = undefined;
    for (const element of this.#coming) {
      const place = this.#places.get(element);
      for (const range of place?.ranges ?? []) {
        if (place?.near) this.#highlight.add(range);
        else this.#highlight.delete(range);
      }
    }
    this.#coming.clear();
  }

  end(): void {
    this.#stop.abort();
    clearTimeout(this.#comes);
    this.#near.end();
    this.#places.clear();
    this.#elements.clear();
    // Another copy of this script, of a newer version, may have begun.
    if (CSS.highlights.get(NAME) === this.#highlight) CSS.highlights.delete(NAME);
    this.#highlight.clear();
    for (const root of this.#roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((it) => it !== this.#sheet);
    }
  }
}
