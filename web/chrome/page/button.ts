// The one thing that is shown in a page: a button beside the number under the pointer, and beside it
// what came of a click. It stands outside the page's body, in a closed shadow root, and only while it is
// needed.
import { text } from "../texts";

const LOOK = `
:host {
  all: initial;
  position: fixed;
  inset: auto;
  margin: 0;
  padding: 0;
  border: 0;
  background: none;
  overflow: visible;
  font: 13px/1.4 system-ui, sans-serif;
  color-scheme: light dark;
}
div { display: flex; align-items: flex-start; gap: 6px; }
div.leftward { flex-direction: row-reverse; }
button {
  display: grid;
  place-items: center;
  width: 26px;
  height: 26px;
  margin: 0;
  padding: 0;
  border: 2px solid #fff;
  border-radius: 50%;
  background: #3252bd;
  color: #fff;
  cursor: pointer;
  box-shadow: 0 1px 4px rgb(0 0 0 / 40%);
}
button:hover { background: #24409c; }
button:focus-visible { outline: 2px solid #3252bd; outline-offset: 2px; }
svg { width: 14px; height: 14px; fill: currentColor; }
p {
  max-width: 320px;
  margin: 0;
  padding: 4px 10px;
  border: 1px solid #ced4da;
  border-radius: 6px;
  background: #fff;
  color: #212529;
  box-shadow: 0 1px 4px rgb(0 0 0 / 25%);
}
p:empty { display: none; }
p[data-kind="problem"] { border-color: #c92a2a; }
@media (prefers-color-scheme: dark) {
  p { background: #25262b; color: #f1f3f5; border-color: #495057; }
}`;

const RECEIVER =
  "M6.6 2.2 9 7.1 6.7 9.3c1.2 3.4 4.6 6.8 8 8l2.2-2.3 4.9 2.4-.7 3.8c-.2.8-.9 1.3-1.7 1.2C10.1 21.7 2.3 13.9 1.6 4.6 1.5 3.8 2 3.1 2.8 2.9z";

/** The button stands this far behind the number; all in CSS pixels. */
const GAP = 3;
const SIZE = 26;
/** What came of a click needs this much room beside it, or stands on the other side. */
const WORDS = 350;

export class Button {
  readonly #host = document.createElement("linecard-call");
  readonly #row = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #words = document.createElement("p");

  /** @param clicked somebody clicked it; a program's click is none */
  constructor(clicked: () => void) {
    const shadow = this.#host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    shadow.adoptedStyleSheets = [sheet];
    this.#button.type = "button";
    this.#button.append(receiver());
    this.#words.role = "status";
    this.#row.append(this.#button, this.#words);
    shadow.append(this.#row);
    // In the top layer: nothing of the page lies above it.
    this.#host.popover = "manual";
    this.#button.addEventListener("click", (event) => {
      if (!event.isTrusted) return;
      event.stopPropagation();
      clicked();
    });
  }

  get isShown(): boolean {
    return this.#host.isConnected;
  }

  /** Whether an event in the page is about this button. */
  has(event: Event): boolean {
    return event.composedPath().includes(this.#host);
  }

  /** Shows it behind `box`, a line of the number. */
  show(box: DOMRect, number: string): void {
    const name = text("call_number", number);
    this.#button.ariaLabel = name;
    this.#button.title = name;
    this.says("", "news");
    this.#stand(box);
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    this.#host.showPopover();
  }

  #stand(box: DOMRect): void {
    const { style } = this.#host;
    const left = Math.max(0, Math.min(box.right + GAP, innerWidth - SIZE - GAP));
    const leftward = left + SIZE + WORDS > innerWidth;
    this.#row.className = leftward ? "leftward" : "";
    style.left = leftward ? "auto" : `${left}px`;
    style.right = leftward ? `${innerWidth - left - SIZE}px` : "auto";
    style.top = `${box.top + box.height / 2 - SIZE / 2}px`;
  }

  says(words: string, kind: "news" | "problem"): void {
    this.#words.textContent = words;
    this.#words.dataset.kind = kind;
  }

  hide(): void {
    this.#host.remove();
  }
}

function receiver(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", RECEIVER);
  svg.append(path);
  return svg;
}
