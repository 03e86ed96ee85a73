// Where numbers are marked: what Chrome lets us see, and what the user has switched off.
import { follow, read, write } from "../kept";
import { text } from "../texts";
import { element } from "./elements";
import { CRMS, EVERY_SITE, patternsOf, siteIn } from "./patterns";

/** The lists and the buttons that make them longer. */
export function sites(): HTMLElement[] {
  const allowed = element("ul");
  const off = element("ul");
  const offHeading = element("h3", {}, text("sites_off"));
  const problem = element("p", { className: "problem", id: "site-problem" });
  problem.role = "alert";

  async function show(): Promise<void> {
    const [{ origins = [] }, switchedOff] = await Promise.all([
      chrome.permissions.getAll(),
      read("off"),
    ]);
    allowed.replaceChildren(...allowedRows(origins));
    off.replaceChildren(...switchedOff.map(offRow));
    offHeading.hidden = switchedOff.length === 0;
  }

  async function allow(origins: string[]): Promise<void> {
    problem.textContent = "";
    const granted = await chrome.permissions.request({ origins });
    if (!granted) problem.textContent = text("sites_not_granted");
  }

  chrome.permissions.onAdded.addListener(() => void show());
  chrome.permissions.onRemoved.addListener(() => void show());
  follow("off", () => void show());
  void show();

  return [
    element("h3", {}, text("sites_allowed")),
    allowed,
    element(
      "div",
      { className: "row" },
      button("sites_crms", () => void allow(CRMS)),
      button("sites_all", () => void allow(EVERY_SITE)),
    ),
    element("p", { className: "quiet" }, text("sites_crms_hint")),
    another((patterns) => void allow(patterns), problem),
    offHeading,
    off,
  ];
}

function button(name: "sites_crms" | "sites_all", clicked: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", className: "second" }, text(name));
  made.addEventListener("click", clicked);
  return made;
}

function another(allow: (patterns: string[]) => void, problem: HTMLElement): HTMLFormElement {
  const address = element("input", { type: "text", id: "site", spellcheck: false });
  address.setAttribute("aria-describedby", "site-problem");
  const form = element(
    "form",
    { noValidate: true },
    element(
      "div",
      { className: "field" },
      element("label", { htmlFor: "site" }, text("sites_one")),
      address,
    ),
    element("button", { type: "submit", className: "second" }, text("sites_allow")),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const patterns = patternsOf(address.value);
    if (patterns.length > 0) allow(patterns);
    else {
      problem.textContent = text("sites_wrong");
      address.focus();
    }
  });
  return form;
}

function allowedRows(origins: readonly string[]): HTMLElement[] {
  if (origins.length === 0) return [element("li", {}, text("sites_none"))];
  const bySite = new Map<string | null, string[]>();
  for (const origin of origins) {
    const site = siteIn(origin);
    bySite.set(site, [...(bySite.get(site) ?? []), origin]);
  }
  // What stands in the manifest Chrome takes back from nobody's hand.
  const { host_permissions: given = [] } = chrome.runtime.getManifest();
  return [...bySite].map(([site, patterns]) => {
    const name = site ?? text("sites_every");
    const own = patterns.filter((it) => !given.includes(it));
    if (own.length === 0) return givenRow(name);
    return row(name, text("remove"), text("sites_remove", name), () => {
      void chrome.permissions.remove({ origins: own });
    });
  });
}

function givenRow(name: string): HTMLElement {
  const hint = element("span", { className: "quiet" }, text("sites_given"));
  return element("li", {}, element("span", {}, name), hint);
}

function offRow(site: string): HTMLElement {
  return row(site, text("switch_on"), text("sites_switch_on", site), () => {
    void read("off").then((all) =>
      write(
        "off",
        all.filter((it) => it !== site),
      ),
    );
  });
}

function row(name: string, words: string, label: string, clicked: () => void): HTMLElement {
  const deed = element("button", { type: "button", className: "second small" }, words);
  deed.ariaLabel = label;
  deed.addEventListener("click", clicked);
  return element("li", {}, element("span", {}, name), deed);
}
