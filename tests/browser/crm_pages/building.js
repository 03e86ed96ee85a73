// What all these pages do: build elements without markup (trusted types forbid it), and do it late.

export function add(parent, name, text = "") {
  const element = document.createElement(name);
  element.textContent = text;
  parent.append(element);
  return element;
}

/** What the page still has to do; the tests wait for it where they compare. */
window.pending = [];

export function later(ms, build) {
  window.pending.push(
    new Promise((resolve) => {
      setTimeout(() => resolve(build()), ms);
    }),
  );
}
