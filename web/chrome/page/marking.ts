// Numbers in this page while it is switched on: found, shown a button for, called.
import { ask, type Call, type Done } from "../messages";
import { text } from "../texts";
import { Button } from "./button";
import { Finder } from "./finder";
import type { Finding } from "./findings";
import { boxAt, findingAt } from "./hover";
import { Judged } from "./judged";
import { dialledLink, numberOf } from "./links";

/** The way from the number to its button may lead over the page. */
const STAYS_MS = 400;
/** What came of a click is to be read. */
const SAYS_MS = 6_000;

export class Marking {
  readonly #judged = new Judged((texts) => ask({ kind: "check", texts }));
  readonly #finder = new Finder(this.#judged, (event) => this.#clicked(event));
  readonly #button = new Button(() => void this.#callsFinding());
  readonly #gone: () => void;
  readonly #stop = new AbortController();
  #at: Finding | null = null;
  #hides: ReturnType<typeof setTimeout> | undefined;

  /** @param gone the extension was updated or removed: nothing of this one works any more */
  constructor(gone: () => void) {
    this.#gone = gone;
    const { signal } = this.#stop;
    const passive = { signal, passive: true, capture: true };
    addEventListener("pointermove", (event) => this.#moved(event), passive);
    addEventListener("scroll", () => this.#hide(), passive);
    addEventListener("keydown", (event) => event.key === "Escape" && this.#hide(), passive);
    this.#finder.begin();
  }

  /** Looks at the whole page anew. */
  again(): void {
    this.#judged.forget();
    this.#finder.again();
  }

  end(): void {
    this.#stop.abort();
    this.#hide();
    this.#finder.end();
  }

  #moved(event: PointerEvent): void {
    if (isGone()) {
      this.#gone();
      return;
    }
    if (this.#button.has(event)) {
      clearTimeout(this.#hides);
      return;
    }
    const { clientX: x, clientY: y } = event;
    const { findings, roots } = this.#finder;
    const finding = findingAt(x, y, findings, roots.shadows);
    const box = finding && boxAt(finding, x, y);
    if (!box) {
      if (this.#button.isShown && this.#at) this.#hidesIn(STAYS_MS);
      return;
    }
    clearTimeout(this.#hides);
    if (finding === this.#at && this.#button.isShown) return;
    this.#at = finding;
    this.#button.show(box, finding.number);
  }

  /** A link is called before the page or the system hears of the click. */
  #clicked(event: MouseEvent): void {
    if (!event.isTrusted || event.button !== 0 || isGone()) return;
    const link = dialledLink(event);
    const dialled = link && numberOf(link.href);
    if (!dialled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#at = null;
    this.#button.show(link.getBoundingClientRect(), dialled.number);
    void this.#calls(dialled);
  }

  async #callsFinding(): Promise<void> {
    if (this.#at) await this.#calls(this.#at);
  }

  async #calls({ number, extension }: Pick<Call, "number" | "extension">): Promise<void> {
    this.#at = null;
    clearTimeout(this.#hides);
    this.#button.says(text("calling", number), "news");
    const done: Done = await ask({ kind: "call", number, extension, page: location.href }).catch(
      () => ({ ok: false, words: text("no_answer") }),
    );
    this.#button.says(done.ok ? text("called", number) : done.words, done.ok ? "news" : "problem");
    this.#hidesIn(SAYS_MS);
  }

  #hidesIn(ms: number): void {
    clearTimeout(this.#hides);
    this.#hides = setTimeout(() => this.#hide(), ms);
  }

  #hide(): void {
    clearTimeout(this.#hides);
    this.#at = null;
    this.#button.hide();
  }
}

/** The extension was updated, removed or switched off; Chrome then leaves its scripts in the pages. */
function isGone(): boolean {
  return chrome.runtime?.id === undefined;
}
