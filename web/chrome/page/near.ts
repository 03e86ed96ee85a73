// Which elements are in the visible part of the page, or will be with the next turn of the wheel.

/** A screen's half around what is visible, also in boxes of the page that scroll by themselves. */
const AROUND = "50%";
/** Chrome works out where thousands of elements are: not with each frame of a page that scrolls. */
const SELDOM_MS = 100;

/** TypeScript does not know these two yet; Chrome does, from 120 and from 58 on. */
const OPTIONS: IntersectionObserverInit & { scrollMargin: string; delay: number } = {
  rootMargin: AROUND,
  scrollMargin: AROUND,
  delay: SELDOM_MS,
};

export class Near {
  readonly #observer: IntersectionObserver;

  /** @param changed these have come near, or are no longer; told behind the frame in which they did */
  constructor(changed: (elements: ReadonlyMap<Element, boolean>) => void) {
    this.#observer = new IntersectionObserver((entries) => {
      changed(new Map(entries.map(({ target, isIntersecting }) => [target, isIntersecting])));
    }, OPTIONS);
  }

  /** Tells from now on where this element is, and at once. */
  follow(element: Element): void {
    this.#observer.observe(element);
  }

  leave(element: Element): void {
    this.#observer.unobserve(element);
  }

  end(): void {
    this.#observer.disconnect();
  }
}

/** The element in whose box a text stands: one without a box of its own is nowhere. */
export function boxAround(text: Node): Element | null {
  let at = parentOf(text);
  while (at && getComputedStyle(at).display === "contents") at = parentOf(at);
  return at;
}

function parentOf(node: Node): Element | null {
  const parent = node.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}
