// The icon opens a menu of the contact's numbers at the end of the page, each a link to be dialled.
import { add } from "./building.js";

document.querySelector("#icon").addEventListener("click", () => {
  const menu = add(document.body, "div");
  menu.className = "menu-popup";
  for (const number of ["+8613800138000", "010-62551234"]) {
    const link = add(menu, "a", `${number} `);
    link.href = `callto:${number}`;
    // Its own dialling, which must not happen beside ours.
    link.addEventListener("click", () => {
      window.dialledItself = true;
    });
  }
});
