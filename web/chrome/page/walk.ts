// Goes through what is new in the page, node by node, so that it can stop after any.
import { isInSkipped, isSkipped } from "./skipped";

/** Looks at text and elements; passes over what is skipped, with all that is in it. */
const FILTER: NodeFilter = {
  acceptNode: (node) =>
    node instanceof Element && isSkipped(node)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
};

/** Who is told of what there is. */
export interface Visitor {
  element(element: Element): void;
  text(text: Text): void;
}

/** As many nodes as one step visits: asking the clock after each would cost more than the visit. */
const STEP = 20;

export class Walk {
  readonly #waiting = new Set<Node>();
  readonly #visitor: Visitor;
  #walker: TreeWalker | null = null;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** `node`, and all that is in it, is to be looked at. */
  add(node: Node): void {
    this.#waiting.add(node);
  }

  /** Visits the next few nodes; `false` when there are no more. */
  step(): boolean {
    for (let visited = 0; visited < STEP; visited += 1) {
      const node = this.#walker ? this.#walker.nextNode() : this.#next();
      if (node) this.#visit(node);
      else if (this.#walker) this.#walker = null;
      else return false;
    }
    return true;
  }

  #next(): Node | null {
    for (const node of this.#waiting) {
      this.#waiting.delete(node);
      // It has gone again, or is of no interest; what is below it is, too.
      if (!node.isConnected || isInSkipped(node)) continue;
      this.#walker = document.createTreeWalker(
        node,
        NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
        FILTER,
      );
      return node;
    }
    return null;
  }

  #visit(node: Node): void {
    if (node instanceof Text) this.#visitor.text(node);
    else if (node instanceof Element) this.#visitor.element(node);
  }
}
