// The demo's other CRMs, each connected in its own way, and a call seen in each one's own page.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { decides, signsInAtZoho } from "./stage/consent.mjs";
import * as console from "./stage/console.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import * as outsideLine from "./stage/outside_line.mjs";
import { StandIn, startStandIn } from "./stage/stand_in.mjs";
import { story } from "./stage/story.mjs";

let demo;
let bitrix24;
let hubspot;
let zoho;
let api;
let alice;
let office;
let desk;
let outside;

before(async () => {
  demo = await startDemo();
  bitrix24 = new StandIn(demo.bitrix24);
  hubspot = new StandIn(demo.hubspot);
  zoho = new StandIn(demo.zoho);
  const browser = await openBrowser();
  alice = await browser.person("alice");
  api = new Api(demo.home, alice.context);
  office = await alice.opens(demo.signInLink);
  await office.getByRole("heading", { name: "Home", exact: true }).waitFor();
  desk = await alice.opens(`${demo.home}/desk/`);
  outside = await alice.opens(`${demo.home}/outside-line`);
  await goesOnDuty(desk);
});

story("the demo page says where its CRMs are and what to fill in", async () => {
  for (const name of ["Salesforce", "Zoho CRM", "Bitrix24", "HubSpot"]) {
    const crm = outside.getByRole("region", { name, exact: true });
    await crm.getByRole("link", { name: "Connect it" }).waitFor();
  }
  const bitrix24 = outside.getByRole("region", { name: "Bitrix24", exact: true });
  await bitrix24.getByText(`${demo.bitrix24}/rest/1/`, { exact: false }).first().waitFor();
});

story("a18_a20 bitrix24 is connected by its webhook, and a call is seen on its page", async () => {
  await connectsBySettings("bitrix24", "Bitrix24");
  await aCallIsSeenIn("bitrix24", "Bitrix24", demo.bitrix24);
});

story("a20 hubspot is connected by its key, and a call is seen on its page", async () => {
  await connectsBySettings("hubspot", "HubSpot");
  await aCallIsSeenIn("hubspot", "HubSpot", demo.hubspot);
});

story("a18 nobody is shown the secret of the webhook, which is a password", async () => {
  await opens("bitrix24");
  const webhook = office.getByLabel("Inbound webhook URL");
  assert.equal(await webhook.getAttribute("type"), "password");
  assert.equal(await webhook.inputValue(), "");
  const { webhook_url: secret } = await bitrix24.manages("POST", "sessions", {});
  const word = secret.split("/").at(-2);
  for (const path of ["/crm", "/crm/bitrix24", "/crm/bitrix24/users", "/audit", "/health"]) {
    assert.ok(!JSON.stringify(await api.read(path)).includes(word), path);
  }
  assert.ok(!(await office.content()).includes(word));
});

story("a19 the rights user and crm are all that bitrix24 has given, and they suffice", async () => {
  const { webhook_url: webhook } = await bitrix24.manages("POST", "sessions", {});
  const given = await (await fetch(`${webhook}scope`)).json();
  assert.deepEqual(given.result.sort(), ["crm", "user"]);
  await office.getByText("Everything Linecard needs is allowed.").waitFor();
  const { checks } = (await api.read("/crm/bitrix24")).probe;
  assert.ok(checks.length > 3 && checks.every(({ allowed }) => allowed));
  assert.equal((await bitrix24.records("activity")).length, 1, "the call of before");
});

story("a24 the webhook of another portal is refused, and both are named", async () => {
  const other = await startStandIn("bitrix24");
  const { organisation } = await api.read("/crm/bitrix24");
  const own = (await bitrix24.manages("POST", "sessions", {})).webhook_url;
  const connects = async (webhook) => {
    await office.getByLabel("Inbound webhook URL").fill(webhook);
    await office.getByLabel("Your Bitrix24 address").fill(new URL(webhook).origin);
    await office.getByRole("button", { name: "Save and connect" }).click();
  };
  await connects((await other.manages("POST", "sessions", {})).webhook_url);
  const refused = office.getByRole("dialog", { name: "Bitrix24 stays connected as it was" });
  await refused.getByText("This is another organisation than the one connected.").waitFor();
  for (const { address } of [bitrix24, other]) {
    await refused.getByText(new URL(address).host).waitFor();
  }
  await refused.getByRole("button", { name: "OK" }).click();
  assert.equal((await api.read("/crm/bitrix24")).organisation, organisation);
  await connects(own);
  const back = office.getByRole("dialog", { name: "Bitrix24 is connected" });
  await back.getByRole("button", { name: "OK" }).click();
});

story("a20 a wrong address is refused, and the connection stays on what it was", async () => {
  await opens("bitrix24");
  const before = await api.read("/crm/bitrix24");
  const address = office.getByLabel("Your Bitrix24 address");
  await address.fill("http://elsewhere.example");
  await office.getByRole("button", { name: "Save and connect" }).click();
  await office.getByText("The CRM does not accept the settings: one of them is wrong.").waitFor();
  assert.equal(await address.inputValue(), "http://elsewhere.example");
  const { status, settings } = await api.read("/crm/bitrix24");
  assert.deepEqual([status, settings], ["connected", before.settings]);
  const { checks } = await api.send("/crm/bitrix24/probe");
  assert.ok(
    checks.every(({ allowed }) => allowed),
    "it works still",
  );
});

story("a5 a scope that was not given is named", async () => {
  const scope = "crm.objects.companies.read";
  await hubspot.manages("PUT", "switches", { missing_scopes: [scope] });
  await opens("hubspot");
  await office.getByRole("button", { name: "Check again" }).click();
  const line = office.locator(".lc-checks > li").filter({ hasText: "Read companies" });
  await line.getByText(new RegExp(`Missing: ${scope}`)).waitFor();
  const { checks } = (await api.read("/crm/hubspot")).probe;
  assert.ok(checks.find(({ ability }) => ability === "read_accounts").words.includes(scope));
  const asked = office.locator(".lc-scopes > li");
  const missing = asked.filter({ has: office.getByRole("img", { name: "Missing" }) });
  await missing.getByText("Give this right to Linecard's app in HubSpot").waitFor();
  assert.match(await missing.innerText(), /Look up companies/);
  const given = asked.filter({ has: office.getByRole("img", { name: "Given" }) });
  assert.equal(await given.count(), (await asked.count()) - 1);
  await hubspot.manages("PUT", "switches", {});
});

story("a16 a data centre fills in both addresses", async () => {
  await opens("zoho");
  for (const [place, accounts, crm] of [
    ["Japan (.jp)", "https://accounts.zoho.jp", "https://crm.zoho.jp"],
    ["Canada (zohocloud.ca)", "https://accounts.zohocloud.ca", "https://crm.zohocloud.ca"],
    ["Mainland China (.com.cn)", "https://accounts.zoho.com.cn", "https://crm.zoho.com.cn"],
  ]) {
    await office.getByRole("combobox", { name: "Data centre" }).click();
    await office.getByRole("option", { name: place }).click();
    assert.equal(await office.getByLabel("Accounts server").inputValue(), accounts);
    assert.equal(await office.getByLabel("Zoho CRM address").inputValue(), crm);
  }
  const { settings, home_address, version } = await api.read("/crm/zoho");
  await office.getByRole("button", { name: "Save", exact: true }).click();
  await office.getByText("Saved", { exact: true }).first().waitFor();
  const saved = (await api.read("/crm/zoho")).settings;
  assert.deepEqual(
    [saved.data_centre, saved.accounts_url, saved.crm_url],
    ["cn", "https://accounts.zoho.com.cn", "https://crm.zoho.com.cn"],
  );
  await api.send("/crm/zoho", { settings, home_address, version: version + 1 }, "PUT");
});

story("a16 an accounts server that is none of Zoho's is not believed", async () => {
  await zoho.manages("PUT", "switches", { accounts_server: "https://accounts.zoho.example" });
  const asked = await zoho.requestsTo("/oauth/v2/token");
  const tab = await consentsAtZoho();
  await tab.getByText("The CRM did not accept the sign-in").waitFor();
  await tab.close();
  assert.equal((await api.read("/crm/zoho")).status, "not_connected");
  assert.equal(await zoho.requestsTo("/oauth/v2/token"), asked, "no code is handed out");
  await zoho.manages("PUT", "switches", {});
});

story(
  "a15 zoho is connected by a server-based client, and a call is seen on its page",
  async () => {
    const tab = await consentsAtZoho();
    await tab.getByText("Authorization succeeded!").waitFor();
    await tab.close();
    await saysConnected("Zoho CRM");
    await aCallIsSeenIn("zoho", "Zoho CRM", demo.zoho);
  },
);

story("a2 the order of the CRMs is changed in the console", async () => {
  await console.goesTo(office, "CRM");
  await office.getByRole("button", { name: "Move Zoho CRM down" }).click();
  const second = office.locator(".lc-order > li").nth(1);
  await second.getByText("Zoho CRM", { exact: true }).waitFor();
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** A CRM's page in the Console, in front. */
async function opens(kind) {
  await office.bringToFront();
  await office.goto(`${demo.home}/integrations/crm/${kind}`);
}

/** From Linecard's page to the consent's result, in the tab that is given back. */
async function consentsAtZoho() {
  await opens("zoho");
  const tab = await console.authorizes(alice, office);
  await tab
    .getByText(/Sign in|Accept/)
    .first()
    .waitFor();
  if ((await tab.getByLabel("Password").count()) > 0) await signsInAtZoho(tab);
  await decides(tab, "Accept");
  return tab;
}

/** What is to be filled in is filled in: one click, and the CRM says at once whether it is right. */
async function connectsBySettings(kind, name) {
  await opens(kind);
  await office.getByRole("button", { name: "Save and connect" }).click();
  await saysConnected(name);
}

async function saysConnected(name) {
  const result = office.getByRole("dialog", { name: `${name} is connected` });
  await result.getByRole("button", { name: "OK" }).click();
  await office.getByText("Connected", { exact: true }).first().waitFor();
  await console.bindsByEmail(office);
}

/** The CRM comes first; Maya calls, her page opens there, and then shows the call. */
async function aCallIsSeenIn(kind, name, address) {
  const listed = await api.read("/crm");
  const others = listed.filter((it) => it.status !== "not_connected" && it.kind !== kind);
  await api.send("/crm-order", { order: [kind, ...others.map((it) => it.kind)] }, "PUT");
  const tab = await alice.newTab(() =>
    outsideLine.calls(outside, "Maya Torres", "101 Alice Adams"),
  );
  const maya = await cardIs(desk, "ringing");
  await maya.getByText("Maya Torres").first().waitFor();
  await maya.getByRole("link", { name: `Open in ${name}` }).waitFor();
  assert.ok(tab.url().startsWith(address), `${tab.url()} is on ${address}`);
  await tab.getByText("Maya Torres").first().waitFor();
  await maya.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await maya.getByRole("button", { name: "Hang up" }).click();
  await cardIs(desk, "ended");
  await eventually(`the call stands on the page in ${name}`, async () => {
    await tab.reload();
    return (await tab.getByText("Incoming Call from Maya Torres").count()) > 0;
  });
  await tab.close();
  await removesCard(desk);
}
