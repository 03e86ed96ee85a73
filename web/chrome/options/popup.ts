// What opens below the icon beside the address bar: how things stand, and the switch of this site.
import { read, write } from "../kept";
import { text } from "../texts";
import { begin, element, heading } from "./elements";
import { patternsOf } from "./patterns";
import { standing } from "./standing";

const main = begin(text("name"));
const options = element(
  "button",
  { type: "button", className: "second small" },
  text("popup_options"),
);
options.addEventListener("click", () => {
  void chrome.runtime.openOptionsPage().then(() => close());
});
const place = element("div", { className: "switch" });
main.append(
  heading(text("name")),
  standing(() => {}),
  place,
  options,
);

// The click on the icon lets us see this one tab's address.
void chrome.tabs.query({ active: true, currentWindow: true }).then(async ([tab]) => {
  const origins = /^https?:/.test(tab?.url ?? "") ? patternsOf(tab?.url ?? "") : [];
  if (tab?.url && origins.length > 0) await showSwitch(new URL(tab.url).hostname, origins);
  else place.replaceChildren(element("span", { className: "quiet" }, text("popup_no_site")));
});

async function showSwitch(site: string, origins: string[]): Promise<void> {
  const [mayRun, off] = await Promise.all([chrome.permissions.contains({ origins }), read("off")]);
  const box = element("input", { type: "checkbox", id: "marks" });
  box.checked = mayRun && !off.includes(site);
  const label = element("label", { htmlFor: "marks" }, text("popup_mark", site));
  box.addEventListener("change", () => void change(site, origins, box));
  place.replaceChildren(box, label);
}

async function change(site: string, origins: string[], box: HTMLInputElement): Promise<void> {
  // First of all, while it still counts as done in the click; at once when it is allowed already.
  if (box.checked && !(await chrome.permissions.request({ origins }))) {
    box.checked = false;
    return;
  }
  const others = (await read("off")).filter((it) => it !== site);
  await write("off", box.checked ? others : [...others, site]);
}
