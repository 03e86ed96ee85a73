// A list in a box that scrolls by itself; `crm-bare` has no box of its own, as elements of frameworks.
import { add } from "./building.js";

for (let row = 0; row < 200; row += 1) {
  add(document.querySelector("#scrolls"), "p", `(415) 555-${String(row).padStart(4, "0")}`);
}
