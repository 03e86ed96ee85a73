// An agent looks for whom to call (F14, F15, F17), and is called by somebody whom only the phonebook
// knows.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** In the phonebook only. */
const WANG = { name: "王芳", company: "Hangzhou Optics", number: "+8657188776655" };
/** The one in the phonebook only, the other in Salesforce only. */
const [TOOLS, MAYA] = ["Torres Tools", "Maya Torres"];

let demo;
let admin;
let agent;
let desk;
let search;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  const alice = await browser.person("admin");
  const page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  admin = new Api(demo.home, alice.context);
  const { id } = await admin.send("/phonebooks", { name: "Suppliers" });
  await admin.send(`/phonebooks/${id}/contacts`, {
    name: WANG.name,
    company: WANG.company,
    numbers: [{ slot: "business", written: WANG.number }],
  });
  await admin.send(`/phonebooks/${id}/contacts`, {
    name: TOOLS,
    numbers: [{ slot: "business", written: "+14155550188" }],
  });
  const { sign_in_link } = await admin.send("/accounts", {
    email: "eva@example.com",
    name: "Eva",
    role: "agent",
    extension: "102",
  });
  agent = await browser.person("agent");
  desk = await agent.opens(sign_in_link);
  await goesOnDuty(desk);
  search = desk.getByRole("combobox", { name: "Search or call a number" });
});

story("a caller whom only the phonebook knows is shown with name and company", async () => {
  const { call } = await admin.send("/demo/calls", { from: WANG.number, to: "102" });
  const ringing = await cardIs(desk, "ringing");
  await ringing.getByText(WANG.name).first().waitFor();
  await ringing.getByText(WANG.company).first().waitFor();
  assert.equal(await ringing.getByRole("link", { name: /^Open in/ }).count(), 0);
  await admin.send(`/demo/calls/${call}/hang-up`);
  await cardIs(desk, "ended");
  await removesCard(desk);
});

story("f14 a contact is found by pinyin, by company and by digits, from the keyboard", async () => {
  await desk.keyboard.press("/");
  for (const typed of ["wang fang", "wf", "8877", "optics"]) {
    await looksFor(typed);
    await desk.getByRole("option", { name: new RegExp(WANG.name) }).waitFor();
  }
  await desk.keyboard.press("Enter");
  await desk.getByRole("region", { name: `Calling ${WANG.name}` }).waitFor();
  const dialled = async () => (await admin.read("/demo")).calls.find((it) => it.from === "102");
  const placed = await eventually("the phone system has the call", dialled);
  assert.equal(placed.to, WANG.number);
  await desk.getByRole("button", { name: "Give up" }).click();
});

story("f15 while the CRM is not always asked the search stays in the phonebooks", async () => {
  await keeps({ always_query: false });
  await looksFor("torres");
  await desk.getByRole("option", { name: new RegExp(TOOLS) }).waitFor();
  await desk.getByText("1 found").waitFor({ state: "attached" });
  assert.equal(await desk.getByRole("group").count(), 1);
});

story("f14 with always query on the CRM's contacts stand behind the phonebook's", async () => {
  await keeps({ always_query: true });
  await looksFor("torres");
  await desk.getByRole("option", { name: new RegExp(MAYA) }).waitFor();
  const [first, second] = await desk.getByRole("group").allTextContents();
  assert.match(first, new RegExp(`^Phonebooks.*${TOOLS}`));
  assert.match(second, new RegExp(`^Salesforce.*${MAYA}`));
});

story("f17 with numbers hidden the search finds people without their digits", async () => {
  const organisation = await admin.read("/organisation");
  await admin.send("/organisation", { ...organisation, masks_numbers: true }, "PUT");
  await looksFor("optics");
  const wang = desk.getByRole("option", { name: new RegExp(WANG.name) });
  assert.match(await wang.innerText(), /•• 55/);
  assert.doesNotMatch(await wang.innerHTML(), /8877/);
});

/** Types this into the empty search: nothing of an earlier one is shown any more. */
async function looksFor(text) {
  await search.fill("");
  await desk.getByRole("option").first().waitFor({ state: "detached" });
  await search.fill(text);
}

/** How the contacts of Salesforce are kept. */
async function keeps(changed) {
  const kept = await admin.read("/crm/salesforce/phonebook");
  await admin.send(
    "/crm/salesforce/phonebook",
    {
      on: true,
      modules: ["contact", "lead"],
      scope: "called",
      new: kept.on ? null : "Salesforce Synchronization",
      existing: null,
      version: kept.version,
      ...changed,
    },
    "PUT",
  );
}
