// When a contact's page opens, chosen in the Console and seen at Desk (D2 to D8).
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { startDemo } from "./stage/linecard.mjs";
import * as outsideLine from "./stage/outside_line.mjs";
import { story } from "./stage/story.mjs";

const WEB = "Web client";

let demo;
let alice;
let console;
let desk;
let outside;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  console = await alice.opens(demo.signInLink);
  await console.getByRole("heading", { name: "Home", exact: true }).waitFor();
  desk = await alice.opens(`${demo.home}/desk/`);
  outside = await alice.opens(`${demo.home}/outside-line`);
  await goesOnDuty(desk);
});

story("d3_d8 the organisation's default: the page opens when the call is answered", async () => {
  await choosesDefault("Automatic", "When the call is answered");
  assert.deepEqual((await kept("/pop-default")).web, { mode: "automatic", trigger: "answered" });
  const maya = await rings();
  const tab = await alice.newTab(() => maya.getByRole("button", { name: "Answer" }).click());
  await isMaya(tab);
  await ends();
});

story("d4 the page opens when the call has ended", async () => {
  await choosesDefault("Automatic", "When the call has ended");
  const maya = await rings();
  await maya.getByRole("button", { name: "Answer" }).click();
  const talking = await cardIs(desk, "talking");
  const tab = await alice.newTab(() => talking.getByRole("button", { name: "Hang up" }).click());
  await isMaya(tab);
  await cardIs(desk, "ended");
  await removesCard(desk);
});

story("d2_d8 an extension's own setting counts: its page opens while it rings", async () => {
  await choosesOwn("Automatic", "While the phone rings");
  const own = await kept("/extensions/101/pops");
  assert.deepEqual([own.web, own.desktop], [{ mode: "automatic", trigger: "ringing" }, null]);
  const tab = await alice.newTab(() => rings());
  await isMaya(tab);
  await ends();
});

story("d7 by hand: a tag on the card opens the page, in a call the agent places, too", async () => {
  await choosesOwn("Manual");
  await desk.getByText("A tag on the card opens the CRM page").waitFor();
  const before = alice.context.pages().length;
  const maya = await rings();
  const tag = maya.getByRole("link", { name: "Open in Salesforce" });
  await tag.waitFor();
  assert.equal(alice.context.pages().length, before, "no page has opened by itself");
  await isMaya(await alice.newTab(() => tag.click()));
  await ends();

  const number = desk.getByRole("combobox", { name: "Search or call a number" });
  await number.fill("(415) 555-0134");
  await number.press("Enter");
  const asked = desk.getByRole("region", { name: /^Calling / });
  await asked.getByRole("button", { name: "Pick up" }).click();
  const called = await cardIs(desk, "waiting");
  await isMaya(
    await alice.newTab(() => called.getByRole("link", { name: "Open in Salesforce" }).click()),
  );
  await ends();
});

story("d5 switched off, no page opens and the card does not lead to the CRM", async () => {
  await choosesOwn("Off");
  await desk.getByText("A tag on the card opens the CRM page").waitFor({ state: "detached" });
  const before = alice.context.pages().length;
  const maya = await rings();
  await maya.getByText("Blue Harbor Logistics").waitFor();
  await maya.getByRole("button", { name: "Answer" }).click();
  const talking = await cardIs(desk, "talking");
  assert.equal(await talking.getByRole("link").count(), 0);
  await ends();
  assert.equal(alice.context.pages().length, before);
});

story("d8 back to the organisation's setting", async () => {
  await choosesOwn("As the organisation: Automatic, when the call has ended");
  assert.equal((await kept("/extensions/101/pops")).web, null);
  assert.deepEqual(alice.faults, []);
});

/** The default stands on Integrations > CRM. */
async function choosesDefault(mode, trigger) {
  await goesTo(console, "CRM");
  const web = console.getByRole("group", { name: WEB });
  await chooses(web, mode, trigger);
  // The button is disabled while it saves, too.
  const saved = console.waitForResponse((answer) => answer.request().method() === "PUT");
  await console.getByRole("button", { name: "Save", exact: true }).click();
  await saved;
}

/** An extension's own stands at Extensions > Edit > Desk clients. */
async function choosesOwn(mode, trigger) {
  await goesTo(console, "Extensions");
  await console.getByRole("button", { name: "Edit 101" }).click();
  await console.getByRole("menuitem", { name: "Edit" }).click();
  const dialog = console.getByRole("dialog", { name: "Extension 101" });
  await dialog.getByRole("tab", { name: "Desk clients" }).click();
  await chooses(dialog.getByRole("group", { name: WEB }), mode, trigger);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
}

async function chooses(client, mode, trigger) {
  await client.getByRole("radio", { name: mode, exact: true }).check();
  if (trigger) await client.getByRole("radio", { name: trigger, exact: true }).check();
}

async function rings() {
  await outsideLine.calls(outside, "Maya Torres", "101 Alice Adams");
  const maya = await cardIs(desk, "ringing");
  await maya.getByText("Maya Torres").waitFor();
  return maya;
}

async function isMaya(tab) {
  await tab.getByRole("heading", { name: "Maya Torres" }).waitFor();
  await tab.close();
}

async function ends() {
  await outside.getByRole("button", { name: "Hang up as the outside party" }).click();
  await cardIs(desk, "ended");
  await removesCard(desk);
}

async function kept(path) {
  return (await alice.context.request.get(`${demo.home}/api/v1${path}`)).json();
}
