// Texts that stand side by side without an element between them: React writes `+1` and ` 415 555 0134`
// as two text nodes of one parent, and people read one number.

/** The first text node of the run in which `text` stands. */
export function headOf(text: Text): Text {
  let head = text;
  for (let at = text.previousSibling; at; at = at.previousSibling) {
    if (at instanceof Text) head = at;
    // React marks the border between two texts with an empty comment.
    else if (!(at instanceof Comment)) break;
  }
  return head;
}

/** The text nodes of a run, from its head. */
export function runOf(head: Text): Text[] {
  const run: Text[] = [];
  for (let at: ChildNode | null = head; at; at = at.nextSibling) {
    if (at instanceof Text) run.push(at);
    else if (!(at instanceof Comment)) break;
  }
  return run;
}

/** What a run says. */
export function textOf(run: readonly Text[]): string {
  return run.length === 1 ? (run[0]?.data ?? "") : run.map((it) => it.data).join("");
}

/** From `start` to `end` of a run's text, as a range; `null` when the run is shorter. */
export function rangeIn(run: readonly Text[], start: number, end: number): StaticRange | null {
  const from = pointAt(run, start, false);
  const to = pointAt(run, end, true);
  if (!from || !to) return null;
  return new StaticRange({
    startContainer: from.node,
    startOffset: from.offset,
    endContainer: to.node,
    endOffset: to.offset,
  });
}

/** @param isEnd an end stands rather at the end of one text than at the beginning of the next */
function pointAt(run: readonly Text[], at: number, isEnd: boolean) {
  let before = 0;
  for (const node of run) {
    const offset = at - before;
    if (isEnd ? offset <= node.length : offset < node.length) return { node, offset };
    before += node.length;
  }
  return null;
}
