// The document and every shadow root in it, open or closed: what is looked at, watched and painted.

/** The page's other script says with it that a shadow root was attached late (`world.ts`). */
const ATTACHED = "linecard-shadow-attached";

/** Only these built-in elements, and those with a dash in their name, can have one (DOM standard). */
const HOSTS = new Set(
  "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split(
    " ",
  ),
);

export type Root = Document | ShadowRoot;

export function shadowOf(element: Element): ShadowRoot | null {
  const name = element.localName;
  if (!(HOSTS.has(name) || name.includes("-")) || !(element instanceof HTMLElement)) return null;
  return chrome.dom.openOrClosedShadowRoot(element);
}

/** What is to be done about roots. */
export interface Watcher {
  /** A root is known from now on. */
  begins(root: Root): void;
  changed(records: readonly MutationRecord[]): void;
  /** An element has a shadow root since just now. */
  attached(host: Element): void;
  clicked(event: MouseEvent): void;
}

export class Roots {
  readonly #known = new Map<Root, () => void>();
  readonly #watcher: Watcher;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  get shadows(): ShadowRoot[] {
    return [...this.#known.keys()].filter((root) => root instanceof ShadowRoot);
  }

  /** Watches `root` from now on, unless it does already. */
  add(root: Root): void {
    if (this.#known.has(root)) return;
    const observer = new MutationObserver((records) => this.#watcher.changed(records));
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    // On each root: outside a closed one nobody learns which element in it an event is about.
    const attached = (event: Event) => {
      const [host] = event.composedPath();
      if (host instanceof Element) this.#watcher.attached(host);
    };
    const clicked = (event: Event) => this.#watcher.clicked(event as MouseEvent);
    root.addEventListener(ATTACHED, attached);
    root.addEventListener("click", clicked, { capture: true });
    this.#known.set(root, () => {
      observer.disconnect();
      root.removeEventListener(ATTACHED, attached);
      root.removeEventListener("click", clicked, { capture: true });
    });
    this.#watcher.begins(root);
  }

  /** Forgets roots whose hosts have left the page. */
  sweep(): void {
    for (const [root, leave] of this.#known) {
      if (root.isConnected) continue;
      leave();
      this.#known.delete(root);
    }
  }

  end(): void {
    for (const leave of this.#known.values()) leave();
    this.#known.clear();
  }
}
