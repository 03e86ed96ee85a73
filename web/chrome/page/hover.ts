// Which number the pointer is at. Asking the browser for the text at a point takes a tenth of a
// millisecond and goes into closed shadow roots; comparing with each number's place takes 25.
import type { Finding, Findings } from "./findings";

/** One for all: a live range costs the page something with each change, for as long as it is kept. */
const measure = document.createRange();

export function findingAt(
  x: number,
  y: number,
  findings: Findings,
  shadowRoots: readonly ShadowRoot[],
): Finding | null {
  const caret = caretAt(x, y, shadowRoots);
  if (!(caret?.node instanceof Text)) return null;
  const finding = findings.at(caret.node, caret.offset);
  // The caret is at the nearest text, however far away that is.
  return finding && boxAt(finding, x, y) ? finding : null;
}

function caretAt(x: number, y: number, shadowRoots: readonly ShadowRoot[]) {
  // Chrome 128 and later; before, shadow roots are not reached.
  if (typeof document.caretPositionFromPoint === "function") {
    const position = document.caretPositionFromPoint(x, y, { shadowRoots: [...shadowRoots] });
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/** The line of this number at which the point is; a number may be broken into two lines. */
export function boxAt(finding: Finding, x: number, y: number): DOMRect | null {
  const boxes = boxesOf(finding);
  return (
    boxes.find(
      ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
    ) ?? null
  );
}

function boxesOf({ range }: Finding): DOMRect[] {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  try {
    measure.setStart(startContainer, startOffset);
    measure.setEnd(endContainer, endOffset);
    return [...measure.getClientRects()];
  } catch {
    // The text has just become shorter; it is examined anew.
    return [];
  } finally {
    measure.setStart(document, 0);
    measure.collapse(true);
  }
}
