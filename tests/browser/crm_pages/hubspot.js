// Drawn anew again and again by a program that keeps hold of its nodes, as React does: one that finds
// another parent where its own was throws, and the page is empty.
import { later } from "./building.js";

const app = document.querySelector("#app");

/** Each row keeps its nodes: two texts side by side, `+1` and the rest, are two of React's. */
class Row {
  element = document.createElement("div");
  #code = document.createTextNode("+1");
  #rest = document.createTextNode("");

  constructor() {
    this.element.append(this.#code, this.#rest);
  }

  draw(rest, withCode) {
    if (withCode && !this.#code.parentNode) this.element.insertBefore(this.#code, this.#rest);
    if (!withCode && this.#code.parentNode) this.element.removeChild(this.#code);
    this.#rest.data = rest;
  }
}

const rows = [new Row(), new Row(), new Row()];

window.draw = (numbers, withCode) => {
  rows.forEach((row, at) => {
    row.draw(numbers[at], withCode);
    if (row.element.parentNode) app.removeChild(row.element);
    app.appendChild(row.element);
  });
};

later(100, () => window.draw([" 415-555-0134", " 212 555 0187", " 650.253.0000"], true));
