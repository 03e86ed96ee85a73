// Where no numbers are looked for: where people write, where programs are shown, and where the page asks
// for it with a class.

/** A page that does its own dialling gives this class to what is to be left alone. */
export const OPT_OUT = "linecard-ignore";

const SKIPPED = [
  "input",
  "textarea",
  "select",
  "[contenteditable]:not([contenteditable='false'])",
  "script",
  "style",
  "noscript",
  "template",
  "code",
  "pre",
  "svg",
  // A click on these calls anyway.
  "a[href^='tel:' i]",
  "a[href^='callto:' i]",
  `.${OPT_OUT}`,
].join(",");

export function isSkipped(element: Element): boolean {
  return element.matches(SKIPPED);
}

/** Whether a node stands anywhere inside such a place, also across the border of a shadow root. */
export function isInSkipped(node: Node): boolean {
  let at: Node | null = node;
  while (at) {
    const element: Element | null = at instanceof Element ? at : at.parentElement;
    if (element?.closest(SKIPPED)) return true;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return false;
}
