// Runs among the page's own scripts, before them: nothing else hears of a shadow root that is attached
// to an element that is there already. It tells our other script by an event that carries nothing, so a
// page learns no more from it than that shadow roots are attached, which it knows.
//
// `attachShadow` keeps its name, length, receiver, answer and errors.

/** The event's name; it crosses the borders of shadow roots. */
const ATTACHED = "linecard-shadow-attached";

const attach = Element.prototype.attachShadow;

Element.prototype.attachShadow = new Proxy(attach, {
  apply(target, element: Element, given: [ShadowRootInit]) {
    const root = Reflect.apply(target, element, given);
    // The one who attaches it fills it first.
    queueMicrotask(() =>
      element.dispatchEvent(new Event(ATTACHED, { bubbles: true, composed: true })),
    );
    return root;
  },
});
