// Native shadow roots in one another, the innermost closed, filled after the page has loaded; a list
// whose rows come later still.
import { add, later } from "./building.js";

class RecordHome extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    add(root, "h1", "Maya Ford");
    later(100, () => root.append(document.createElement("records-layout-item")));
  }
}

class LayoutItem extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    add(root, "p", "Home (650) 253-0000");
    const link = add(root, "a", "(415) 555-0134");
    link.href = "tel:+14155550134";
    root.append(document.createElement("lightning-formatted-phone"));
  }
}

class FormattedPhone extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "closed" });
    add(root, "span", "(212) 555-0187 ext. 12");
    later(300, () => add(root, "p", "Fax: 415.555.0135"));
  }
}

customElements.define("lightning-formatted-phone", FormattedPhone);
customElements.define("records-layout-item", LayoutItem);
customElements.define("one-record-home", RecordHome);
