// The demo's other CRMs, each connected in its own way, and a call seen in each one's own page.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import * as outsideLine from "./stage/outside_line.mjs";
import { PASSWORD } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";

let demo;
let alice;
let office;
let desk;
let outside;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
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

story("a15_a16 zoho is connected by consent, and a call is seen on its page", async () => {
  await office.goto(`${demo.home}/integrations/crm/zoho`);
  const tab = await console.authorizes(alice, office);
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.locator("form button").first().click();
  await tab.getByRole("button", { name: "Accept", exact: true }).click();
  await tab.getByText("Authorization succeeded!").waitFor();
  await tab.close();
  await saysConnected("Zoho CRM");
  await aCallIsSeenIn("zoho", "Zoho CRM", demo.zoho);
});

story("a2 the order of the CRMs is changed in the console", async () => {
  await office.goto(`${demo.home}/integrations/crm`);
  await office.getByRole("button", { name: "Move Zoho CRM down" }).click();
  const second = office.locator(".lc-order > li").nth(1);
  await second.getByText("Zoho CRM", { exact: true }).waitFor();
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** What is to be filled in is filled in: one click, and the CRM says at once whether it is right. */
async function connectsBySettings(kind, name) {
  await office.goto(`${demo.home}/integrations/crm/${kind}`);
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
  const listed = await (await alice.context.request.get(`${demo.home}/api/v1/crm`)).json();
  const others = listed.filter((it) => it.status !== "not_connected" && it.kind !== kind);
  const order = await alice.context.request.put(`${demo.home}/api/v1/crm-order`, {
    headers: { "X-Linecard": "1" },
    data: { order: [kind, ...others.map((it) => it.kind)] },
  });
  assert.equal(order.status(), 200);
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
