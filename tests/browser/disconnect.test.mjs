// A CRM is switched off, on again, and disconnected (H1 to H6).
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134". */
const MAYA = "+14155550134";
const OF_CRM = "/crm/salesforce";

let demo;
let alice;
let api;
let page;
let desk;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  api = new Api(demo.home, alice.context);
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  desk = await alice.opens(`${demo.home}/desk/`);
  await goesOnDuty(desk);
  await page.goto(`${demo.home}/integrations/crm/salesforce`);
});

story("h1 disabled, Salesforce keeps every setting and is asked nothing", async () => {
  const { settings, secrets, organisation, user } = await api.read(OF_CRM);
  await disables();
  await page.getByText("Disabled", { exact: true }).waitFor();
  const off = await api.read(OF_CRM);
  assert.equal(off.status, "disabled");
  assert.deepEqual(
    [off.settings, off.secrets, off.organisation, off.user],
    [settings, secrets, organisation, user],
  );
  assert.ok((await users()).some(({ extensions }) => extensions.includes("101")));

  const asked = await demo.salesforce.requestsTo();
  const tabs = alice.context.pages().length;
  const { call, ringing } = await rings();
  assert.equal(await ringing.getByText("Maya Torres").count(), 0);
  await ends(call);
  assert.equal(await demo.salesforce.requestsTo(), asked, "Salesforce is not asked");
  assert.deepEqual(await demo.salesforce.tasks(), []);
  assert.equal(alice.context.pages().length, tabs, "no page opens");
});

story("h2 enabled again, calls are written without any set-up", async () => {
  await enables();
  const { status, settings } = await api.read(OF_CRM);
  assert.deepEqual([status, settings.client_id], ["connected", "stand-in-consumer-key"]);
  const before = (await demo.salesforce.tasks()).length;
  await popsAndEnds();
  await written(before + 1);
});

story("h6 what waits for a disabled CRM waits until it is enabled", async () => {
  const before = (await demo.salesforce.tasks()).length;
  await aCallWaits();
  await disables();
  await demo.salesforce.recovers();
  assert.equal((await api.read(OF_CRM)).waiting, 1);
  assert.equal((await demo.salesforce.tasks()).length, before);
  await enables();
  await written(before + 1);
});

story("h3 disconnecting says first what is lost and what stays, and can be left", async () => {
  await page.bringToFront();
  await page.getByRole("button", { name: "Disconnect" }).click();
  const dialog = page.getByRole("dialog", { name: "Disconnect Salesforce?" });
  await dialog.getByText(/with every secret, and all user bindings are erased/).waitFor();
  await dialog.getByText(/stays there, and the call list stays here/).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await api.read(OF_CRM)).status, "connected");
});

story("h6 disconnecting asks what becomes of calls that wait, and writes them first", async () => {
  const before = (await demo.salesforce.tasks()).length;
  await aCallWaits();
  await page.bringToFront();
  await page.reload();
  await page.getByRole("button", { name: "Disconnect" }).click();
  const dialog = page.getByRole("dialog", { name: "Disconnect Salesforce?" });
  await dialog.getByText("Calls not written yet: 1.").waitFor();
  await dialog.getByRole("radio", { name: "Write them first, then disconnect" }).check();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await api.read(OF_CRM)).closing, true);
  await demo.salesforce.recovers();
  await written(before + 1);
  await eventually("it is disconnected by itself", async () => {
    return (await api.read(OF_CRM)).status === "not_connected";
  });
});

story("h4 then nothing of it is left, and Salesforce has its consent back", async () => {
  const { settings, secrets, organisation, user, version } = await api.read(OF_CRM);
  assert.deepEqual([organisation, user, version], [null, null, null]);
  assert.equal(settings.client_id ?? "", "");
  assert.notEqual(secrets.client_secret, "set");
  await assert.rejects(() => users(), /409/);
  assert.ok((await demo.salesforce.requestsTo("/services/oauth2/revoke")) > 0);
  await page.getByText("Not connected", { exact: true }).waitFor();
  assert.equal(await page.getByLabel("Consumer key", { exact: true }).inputValue(), "");
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

async function disables() {
  await page.bringToFront();
  await page.getByRole("switch", { name: "Enable Salesforce integration" }).click();
  const dialog = page.getByRole("dialog", { name: "Disable the Salesforce integration?" });
  await dialog.getByText(/All settings are kept/).waitFor();
  await dialog.getByRole("button", { name: "Disable" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("Disabled", { exact: true }).waitFor();
}

async function enables() {
  await page.bringToFront();
  await page.getByRole("switch", { name: "Enable Salesforce integration" }).click();
  await page.getByText("Connected", { exact: true }).waitFor();
}

async function users() {
  return (await api.read(`${OF_CRM}/users`)).users;
}

/** Maya calls Alice; her card. */
async function rings() {
  const { call } = await api.send("/demo/calls", { from: MAYA, to: "101" });
  return { call, ringing: await cardIs(desk, "ringing") };
}

async function ends(call) {
  const before = (await api.read("/calls")).calls.length;
  await api.send(`/demo/calls/${call}/hang-up`);
  await cardIs(desk, "ended");
  await removesCard(desk);
  // By then it is decided whether it is written.
  await eventually("the call is listed", async () => {
    return (await api.read("/calls")).calls.length > before;
  });
}

/** Maya calls, her page opens, and nobody answers. */
async function popsAndEnds() {
  let call;
  const tab = await alice.newTab(async () => {
    ({ call } = await rings());
  });
  await tab.close();
  await ends(call);
}

/** Salesforce does not take the next call, which is kept until it does. */
async function aCallWaits() {
  // A call stands in Salesforce a moment before Linecard knows that it does.
  await eventually("no call waits", async () => (await api.read(OF_CRM)).waiting === 0);
  await demo.salesforce.fails({ kind: "unavailable", times: 1000, target: "writes" });
  await popsAndEnds();
  await eventually("the call waits", async () => (await api.read(OF_CRM)).waiting === 1);
}

async function written(count) {
  const tasks = await eventually("the call is written", async () => {
    const all = await demo.salesforce.tasks();
    return all.length >= count && all;
  });
  assert.equal(tasks.length, count);
}
