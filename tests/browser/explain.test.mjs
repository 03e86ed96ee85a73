// The page that explains a call: asked about real calls in the demo, with its stand-in CRMs, and
// held against what they hold (F18).
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** In every stand-in of the demo, whose Salesforce is joined from the start. */
const MAYA = "+14155550134";
const STRANGER = "+1 628 555 0199";

let demo;
let alice;
let api;
let page;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  api = new Api(demo.home, alice.context);
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("f18 a contact in one crm: what was searched, what came back, who it is", async () => {
  await explains(MAYA);
  const source = page.getByRole("region", { name: "Salesforce", exact: true });
  await source.getByText("Maya Torres").waitFor();
  await source.getByText(/^asked now, \d+ ms$/).waitFor();
  await source.getByText("14155550134 · 4155550134").waitFor();
  const who = part("Who it is");
  await who.getByRole("link", { name: "Maya Torres" }).waitFor();
  await who.getByText("Salesforce is the only CRM in which the agent is bound.").waitFor();
  assert.equal(await happens("log"), "yes");
  assert.equal(await reason("create"), "known");
  assert.equal(await reason("sync"), "sync_off");
  assert.equal(await reason("pop"), "signed_out");
  await part("How the number was read").getByText("United States (US)").waitFor();
  // The second answer is one from before, until it is asked for anew.
  await page.reload();
  await source.getByText("remembered from shortly before").waitFor();
  await page.getByRole("button", { name: "Ask the CRMs again" }).click();
  await source.getByText(/^asked now, \d+ ms$/).waitFor();
});

story("f18_d10 the page would open once the agent is on duty", async () => {
  const desk = await alice.opens(`${demo.home}/desk/`);
  await goesOnDuty(desk);
  await explains(MAYA);
  assert.equal(await happens("pop"), "yes");
  await desk.close();
});

story("f18 two records with one number: the better one wins, the other is offered", async () => {
  const twins = "+1 628 555 0196";
  await putsContact({ FirstName: "Ada", LastName: "Twin", Phone: twins });
  await putsContact({ FirstName: "Eve", LastName: "Twin", Phone: twins });
  await explains(twins);
  const who = part("Who it is");
  await who.getByText(/dealt with it last|changed last|own order/).waitFor();
  await who.getByText("Other records with the number", { exact: false }).waitFor();
  const names = await who.getByRole("link").allInnerTexts();
  assert.deepEqual(names.sort(), ["Ada Twin", "Eve Twin"]);
});

story("f18 in two crms the first in their order wins", async () => {
  await connectsHubspot();
  await explains(MAYA, { anew: true });
  const who = part("Who it is");
  await who
    .getByText("Salesforce comes first in the order of the CRMs", { exact: false })
    .waitFor();
  await page
    .getByRole("region", { name: "HubSpot", exact: true })
    .getByText("Maya Torres")
    .waitFor();
});

story("f18 withheld, an own number, and a number that is never written are named", async () => {
  await explains("");
  assert.equal(await reason("log"), "withheld");
  await changesExclusions({ own: ["(628) 555-0100"], never_logged: [MAYA] });
  await explains("6285550100");
  assert.equal(await reason("log"), "own_number");
  await part("How the number was read").getByText("One of the company's own numbers").waitFor();
  await explains(MAYA);
  assert.equal(await reason("log"), "never_logged");
  await changesExclusions({ own: [], never_logged: [] });
});

story("f18_b8 an extension that is not bound asks nobody", async () => {
  await page.goto(`${demo.home}/explain?number=${encodeURIComponent(MAYA)}&extension=199`);
  await part("What becomes of it")
    .getByText("Extension 199 is not bound", { exact: false })
    .first()
    .waitFor();
  assert.equal(await reason("pop"), "not_bound");
  await page
    .getByRole("region", { name: "Salesforce", exact: true })
    .getByText("extension 199 is not bound to one of its users", { exact: false })
    .waitFor();
});

story("f18 a crm that hangs, and one that refuses, are named in their own words", async () => {
  await demo.salesforce.fails({ kind: "delay", times: 1, milliseconds: 8000, target: "reads" });
  await explains(STRANGER);
  const source = page.getByRole("region", { name: "Salesforce", exact: true });
  await source.getByText(/No usable answer after 3\d\d\d ms\./).waitFor();
  assert.equal(await reason("create"), "crm_unavailable");
  await demo.salesforce.recovers();
  await demo.salesforce.fails({ kind: "unavailable", times: 3, target: "reads" });
  await explains("+1 628 555 0198");
  await source.getByText("In its own words", { exact: false }).waitFor();
  await demo.salesforce.recovers();
});

story("f18_f11 a record without a name is skipped, and that is said", async () => {
  const id = await putsContact({ LastName: "", Phone: "+1 628 555 0197" });
  await syncs();
  await explains("+1 628 555 0197");
  await part("Who it is").getByText("a record without a name").waitFor();
  assert.equal(await reason("sync"), "no_name");
  await fetch(`${demo.salesforce.address}/__sandbox/record/${id}`, { method: "DELETE" });
});

story(
  "f18 a call that was not written leads here, and is written once nothing stands against it",
  async () => {
    await changesExclusions({ own: [], never_logged: [MAYA] });
    const desk = await alice.opens(`${demo.home}/desk/`);
    await goesOnDuty(desk);
    const { call } = await api.send("/demo/calls", { from: MAYA, to: "101" });
    await cardIs(desk, "ringing");
    await api.send(`/demo/calls/${call}/hang-up`);
    await cardIs(desk, "ended");
    await removesCard(desk);
    await desk.close();
    await page.goto(`${demo.home}/calls`);
    const row = page.locator(".lc-call").first();
    // What stands against it is taken away only when it has been decided.
    await row.getByText("Not written", { exact: true }).waitFor();
    await changesExclusions({ own: [], never_logged: [] });
    await row.click();
    await page.getByRole("link", { name: "Why?" }).first().click();
    await part("What was kept of this call").getByText("This number is never written.").waitFor();
    const before = (await demo.salesforce.tasks()).length;
    await page.getByRole("button", { name: "Write it now" }).click();
    await eventually("the call stands in Salesforce", async () => {
      return (await demo.salesforce.tasks()).length > before;
    });
  },
);

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** Types a number into the page and waits for what becomes of it. */
async function explains(number, { anew = false } = {}) {
  await page.goto(`${demo.home}/explain`);
  await page.getByLabel("Number of the outside party").fill(number);
  await page.getByRole("button", { name: "Explain", exact: true }).click();
  await page.locator('[data-verdict="log"]').first().waitFor();
  if (!anew) return;
  const again = page.getByRole("button", { name: "Ask the CRMs again" });
  await again.click();
  await page
    .getByText(/^asked now, \d+ ms$/)
    .first()
    .waitFor();
}

function part(name) {
  return page.getByRole("region", { name, exact: true });
}

const happens = (verdict) =>
  page.locator(`[data-verdict="${verdict}"]`).first().getAttribute("data-happens");
const reason = (verdict) =>
  page.locator(`[data-verdict="${verdict}"]`).first().getAttribute("data-reason");

async function connectsHubspot() {
  await page.goto(`${demo.home}/integrations/crm/hubspot`);
  await page.getByRole("button", { name: "Save and connect" }).click();
  const result = page.getByRole("dialog", { name: "HubSpot is connected" });
  await result.getByRole("button", { name: "OK" }).click();
  await console.bindsByEmail(page);
}

/** The CRM's contacts are kept in a phonebook from now on. */
async function syncs() {
  const kept = await api.read("/crm/salesforce/phonebook");
  await api.send(
    "/crm/salesforce/phonebook",
    {
      on: true,
      modules: ["contact"],
      scope: "called",
      always_query: false,
      new: "Salesforce Synchronization",
      existing: null,
      version: kept.version,
    },
    "PUT",
  );
}

async function changesExclusions(changed) {
  const organisation = await api.read("/organisation");
  const exclusions = { ...organisation.exclusions, ...changed };
  await api.send("/organisation", { ...organisation, exclusions }, "PUT");
}

async function putsContact(fields) {
  const answer = await fetch(`${demo.salesforce.address}/__sandbox/records/Contact`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  });
  assert.ok(answer.ok, await answer.clone().text());
  return (await answer.json()).id;
}
