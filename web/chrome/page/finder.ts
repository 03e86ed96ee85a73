// Finds the numbers of a page and keeps up with it: what comes later, what is edited, what goes.
import { candidates } from "../numbers/prefilter";
import { Findings } from "./findings";
import type { Judged } from "./judged";
import { Paint } from "./paint";
import { type Root, Roots, shadowOf } from "./roots";
import { headOf, runOf, textOf } from "./runs";
import { Slices } from "./slices";
import { Walk } from "./walk";

export class Finder {
  readonly #judged: Judged;
  readonly #paint = new Paint();
  readonly findings = new Findings(this.#paint);
  readonly roots: Roots;
  readonly #walk: Walk;
  readonly #slices: Slices;
  /** Something has left the page since the last sweep. */
  #left = false;

  /** @param clicked hears of each click in the page, in closed shadow roots, too */
  constructor(judged: Judged, clicked: (event: MouseEvent) => void) {
    this.#judged = judged;
    this.#walk = new Walk({
      element: (element) => this.#looksInto(element),
      text: (text) => {
        if (headOf(text) === text) void this.#examine(text);
      },
    });
    this.#slices = new Slices(() => this.#step());
    this.roots = new Roots({
      begins: (root) => this.#begins(root),
      changed: (records) => this.#changed(records),
      attached: (host) => {
        this.#looksInto(host);
        this.#slices.wake();
      },
      clicked,
    });
  }

  begin(): void {
    this.roots.add(document);
  }

  /** Looks at everything anew: what was known may be wrong now. */
  again(): void {
    for (const root of [document, ...this.roots.shadows]) this.#walk.add(topOf(root));
    this.#slices.wake();
  }

  end(): void {
    this.#slices.end();
    this.roots.end();
    this.findings.end();
    this.#paint.end();
  }

  #begins(root: Root): void {
    if (root instanceof ShadowRoot) this.#paint.reaches(root);
    this.#walk.add(topOf(root));
    this.#slices.wake();
  }

  #looksInto(element: Element): void {
    const shadow = shadowOf(element);
    if (shadow) this.roots.add(shadow);
  }

  #changed(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (type === "characterData")
        this.#walk.add(target instanceof Text ? headOf(target) : target);
      if (removedNodes.length > 0) this.#left = true;
      for (const node of addedNodes) {
        this.#walk.add(node instanceof Text ? headOf(node) : node);
      }
      // A text that has lost its neighbour is another run now.
      if (removedNodes.length > 0) for (const text of textsOf(target)) this.#walk.add(text);
    }
    this.#slices.wake();
  }

  #step(): boolean {
    if (this.#left) {
      this.#left = false;
      this.findings.sweep();
      this.roots.sweep();
      return true;
    }
    return this.#walk.step();
  }

  async #examine(head: Text): Promise<void> {
    const text = textOf(runOf(head));
    const found = candidates(text);
    if (found.length === 0) {
      this.findings.forget(head);
      return;
    }
    const places = await Promise.all(
      found.map(async (candidate) =>
        (await this.#judged.of(candidate.text)).map((place) => ({
          ...place,
          start: candidate.start + place.start,
          end: candidate.start + place.end,
        })),
      ),
    );
    // It may have become another one meanwhile; then it is examined again anyway.
    if (head.isConnected && textOf(runOf(head)) === text) this.findings.set(head, places.flat());
  }
}

/** A shadow root is no node that `closest` knows; what is in it is looked at from there. */
function topOf(root: Root): Node {
  return root instanceof Document ? (root.body ?? root.documentElement) : root;
}

function textsOf(parent: Node): Text[] {
  const heads: Text[] = [];
  for (let at = parent.firstChild; at; at = at.nextSibling) {
    if (at instanceof Text && headOf(at) === at) heads.push(at);
  }
  return heads;
}
