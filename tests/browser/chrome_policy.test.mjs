// A company installs the extension for Chrome for everybody, as docs/devices.md says: packed with a key of
// its own, fetched from its own web server, by a policy on each machine.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { Chrome } from "./stage/chrome.mjs";
import { setsUp } from "./stage/console.mjs";
import { serveCrmPages } from "./stage/crm_pages.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { policiesOf, startManaged } from "./stage/managed.mjs";
import { marks } from "./stage/marked.mjs";
import { packExtension } from "./stage/packed.mjs";
import { story } from "./stage/story.mjs";

/** Where the CRM of this company is; Chrome's patterns have no ports. */
const CRM = "http://127.0.0.1";

let packed;
let linecard;
let api;
let invitation;
let site;
let policy;
let chrome;
let settings;

before(async () => {
  packed = await packExtension(CRM);
  [linecard, site] = await Promise.all([
    startLinecard(undefined, undefined, { LINECARD_SERVER_CHROME_EXTENSIONS: packed.id }),
    serveCrmPages(),
    packed.isServed(),
  ]);
  policy = await packed.policy(linecard.home);
  const admin = await (await openBrowser()).person("admin");
  const office = await admin.opens(linecard.setUpLink);
  await setsUp(office);
  api = new Api(linecard.home, admin.context);
  const alice = { name: "Alice Adams", email: "alice@example.com" };
  await api.send("/extensions/101", alice, "PUT");
  const account = { ...alice, role: "agent", extension: "101" };
  invitation = (await api.send("/accounts", account)).sign_in_link;
});

story("c1 a machine without the policy does not get the extension", async () => {
  const context = await startManaged({});
  assert.deepEqual(await policiesOf(context), {});
  const { items, page } = await extensions(context);
  assert.ok(!(await items.allInnerTexts()).some((it) => it.includes("Linecard")));
  await page.close();
  await context.close();
  assert.deepEqual(packed.asked, []);
});

story("c1 the policy brings the extension to a machine, and nobody clicks anything", async () => {
  const context = await startManaged({ "linecard.json": policy });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  chrome = new Chrome(context, worker);
  assert.equal(new URL(worker.url()).host, packed.id);
  assert.deepEqual(packed.asked, ["/linecard-chrome.xml", "/linecard-chrome.crx"]);
});

story("c1 its settings have the administrator's address, which nobody can change", async () => {
  settings = await chrome.opens(chrome.own("options.html"));
  await settings.getByText("Your administrator has set this address.").waitFor();
  const address = settings.getByLabel("Address of Linecard");
  assert.equal(await address.inputValue(), linecard.home);
  assert.equal(await address.isEditable(), false);
});

story("c1 Chrome takes each line of the policy", async () => {
  assert.deepEqual(await policiesOf(chrome.context), {
    ExtensionSettings: { value: JSON.parse(policy).ExtensionSettings, status: "OK" },
    server: { value: linecard.home, status: "OK" },
  });
});

story(
  "c1 its icon stands beside the address bar, where the agents' guide looks for it",
  async () => {
    const { isOnToolbar } = await chrome.worker.evaluate(() =>
      globalThis.chrome.action.getUserSettings(),
    );
    assert.equal(isOnToolbar, true);
  },
);

story("c1 nobody can remove the extension or switch it off", async () => {
  const { items, page } = await extensions(chrome.context);
  const ours = items.filter({ hasText: "Linecard" });
  await ours.getByRole("button", { name: "Details" }).waitFor();
  assert.equal(await ours.getByRole("button", { name: "Remove" }).count(), 0);
  assert.equal(await ours.getByRole("switch").isEnabled(), false);
  const deeds = (id) =>
    Promise.allSettled([
      globalThis.chrome.management.uninstall(id, { showConfirmDialog: false }),
      globalThis.chrome.management.setEnabled(id, false),
    ]).then((all) => all.map(({ reason }) => String(reason)));
  for (const said of await page.evaluate(deeds, packed.id)) {
    assert.match(said, /cannot be modified by user/);
  }
  await page.close();
});

story("c2 an agent has nothing to do but to sign in", async () => {
  const desk = await chrome.opens(invitation);
  await desk.waitForURL("**/desk/");
  const consent = chrome.context.waitForEvent("page");
  await settings.getByRole("button", { name: "Sign in" }).click();
  await (await consent).getByRole("button", { name: "Allow", exact: true }).click();
  await settings.getByText("Signed in as Alice Adams, extension 101").waitFor();
  await settings.getByText("Connected", { exact: true }).waitFor();
  const devices = (await api.read("/devices")).map(({ name }) => name);
  assert.deepEqual(devices, ["Chrome on Linux"]);
});

story("c1 numbers in the company's CRM are marked, and no agent was asked", async () => {
  const page = await chrome.opens(`${site}/hubspot.html`);
  await marks(page, ["+1 617 555 0122", "+1 415-555-0134", "+1 212 555 0187", "+1 650.253.0000"]);
  const allowed = settings.getByRole("listitem").filter({ hasText: "127.0.0.1" });
  await allowed.getByText("Allowed by your administrator").waitFor();
  assert.equal(await allowed.getByRole("button").count(), 0);
  assert.deepEqual(chrome.faults, []);
});

/** Chrome's own list of what is installed. */
async function extensions(context) {
  const page = await context.newPage();
  await page.goto("chrome://extensions");
  const items = page.locator("extensions-item");
  await items.first().waitFor();
  return { page, items };
}
