// The numbers that are known in the page, and where.
import type { Place } from "../messages";
import type { Paint } from "./paint";
import { headOf, rangeIn, runOf } from "./runs";

/** A number in the page. */
export interface Finding {
  readonly range: StaticRange;
  readonly number: string;
  readonly extension: string | null;
}

export class Findings {
  /** By the first text node of the run in which they stand. */
  readonly #byHead = new Map<Text, Finding[]>();
  readonly #paint: Paint;

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  /** `places` are the numbers of this run now, instead of what was known. */
  set(head: Text, places: readonly Place[]): void {
    this.forget(head);
    const run = runOf(head);
    const findings = places.flatMap(({ start, end, number, extension }) => {
      const range = rangeIn(run, start, end);
      return range ? [{ range, number, extension }] : [];
    });
    if (findings.length === 0) return;
    this.#byHead.set(head, findings);
    for (const { range } of findings) this.#paint.add(range);
  }

  forget(head: Text): void {
    for (const { range } of this.#byHead.get(head) ?? []) this.#paint.remove(range);
    this.#byHead.delete(head);
  }

  /** Forgets what has left the page, or is no longer where its run begins. */
  sweep(): void {
    for (const head of this.#byHead.keys()) {
      if (!head.isConnected || headOf(head) !== head) this.forget(head);
    }
  }

  /** The number at this place of a text. */
  at(text: Text, offset: number): Finding | null {
    const found = this.#byHead.get(headOf(text)) ?? [];
    return found.find(({ range }) => holds(range, text, offset)) ?? null;
  }

  end(): void {
    this.#byHead.clear();
  }
}

function holds(range: StaticRange, text: Text, offset: number): boolean {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const isAfterStart =
    text === startContainer
      ? offset >= startOffset
      : Boolean(startContainer.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
  const isBeforeEnd =
    text === endContainer
      ? offset <= endOffset
      : Boolean(endContainer.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING);
  return isAfterStart && isBeforeEnd;
}
