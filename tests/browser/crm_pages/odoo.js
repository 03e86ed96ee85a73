// A mail's text is put into a shadow root that its element is given long after it stood there.
import { add, later } from "./building.js";

later(400, () => {
  const root = document.querySelector(".o-mail-Message-body").attachShadow({ mode: "open" });
  add(root, "p", "Rappelez-moi au 04 72 10 30 30 svp");
});
