// Elements of its own in the light tree, filled by requests; a field edited in place changes the text
// of a node that stays.
import { add, later } from "./building.js";

const detail = document.querySelector("#detail");

later(50, () => {
  const label = add(detail, "crm-label", "Phone");
  add(label, "crm-value", "030 901820");
  const mobile = add(detail, "crm-value", "no mobile yet");
  mobile.id = "mobile";
});
later(200, () => {
  for (const [name, phone, date] of [
    ["Erika Mustermann", "089/12345678", "15.03.2024"],
    ["Hans Beispiel", "+49 171 1234567", "16.03.2024"],
    ["Server", "192.168.178.1", "17.03.2024"],
  ]) {
    const row = add(document.querySelector("#related"), "tr");
    for (const cell of [name, phone, date]) add(row, "td", cell);
  }
});
/** Somebody edits the field: the same text node says something else. */
window.editInPlace = (text) => {
  document.querySelector("#mobile").firstChild.data = text;
};
