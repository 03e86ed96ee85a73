// A list view with all its rows at once: 20,000 cells, every sixth a number, the others as in any CRM.
import { add } from "./building.js";

const rows = document.querySelector("#rows");
let cells = 0;
for (let row = 0; cells < 20_000; row += 1) {
  const line = add(rows, "tr");
  const number = `(415) 555-${String(row).padStart(4, "0")}`;
  for (const text of [
    `Maya Ford ${row}`,
    number,
    "2024-03-15",
    "$1,234.50",
    "San Francisco",
    "Open",
  ]) {
    if (cells >= 20_000) break;
    add(line, "td", text);
    cells += 1;
  }
}
