// The first call: everything set up in the browser, then real calls on a real Asterisk. The
// caller's page opens, and the call stands in Salesforce.
import assert from "node:assert/strict";
import { before } from "node:test";
import { asteriskUp } from "./stage/asterisk.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { card, cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { startSalesforce } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";
import { assertTalked, assertTime } from "./stage/task.mjs";

/** In the stand-in as "(415) 555-0134". */
const MAYA = "14155550134";
const TALK_SECONDS = 3;

let asterisk;
let salesforce;
let linecard;
let admin;
let alice;
let office;
let desk;
let contact;

before(async () => {
  [asterisk, salesforce, linecard] = await Promise.all([
    asteriskUp(),
    startSalesforce(),
    startLinecard(),
  ]);
  const browser = await openBrowser();
  admin = await browser.person("admin");
  alice = await browser.person("alice");
  contact = await salesforce.record("Contact", "Name", "Maya Torres");
});

story("a10_a11_b4 the admin joins phone system, people and CRM in the Console", async () => {
  office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);

  await console.addsAsterisk(office, asterisk.facts);
  await office.getByText("Connected", { exact: true }).waitFor();

  await console.goesTo(office, "Extensions");
  await office.getByRole("button", { name: "Fetch from the phone system" }).click();
  await console.names(office, { number: "101", name: "Alice Adams", email: "alice@example.com" });
  await console.names(office, { number: "102", name: "Bob Brown", email: "bob@example.com" });

  await console.connectsSalesforce(admin, office, salesforce);
  // Two of them were named here; the third came with a mailbox of the phone system.
  await office.getByText(/^Bound: 3 of/).waitFor();

  await console.goesTo(office, "Extensions");
  const link = await console.invites(office, "101");
  desk = await alice.opens(link);
  await desk.waitForURL("**/desk/");
  await goesOnDuty(desk);
});

story("d1_d2_e1_e9 a known caller's page opens on ringing and the call is written", async (t) => {
  const phone = await asterisk.answers("101", TALK_SECONDS);
  const page = alice.context.waitForEvent("page");
  const from = Date.now();
  const outside = asterisk.calls("trunk", "5551000", { number: MAYA });

  const maya = await cardIs(desk, "ringing");
  await maya.getByText("Maya Torres").waitFor();
  t.diagnostic(`${Date.now() - from} ms from starting SIPp to the name on the card`);
  await maya.getByText("Blue Harbor Logistics").waitFor();
  await maya.getByText("(415) 555-0134").waitFor();

  const tab = await page;
  await tab.waitForURL(`${salesforce.address}/**`);
  assert.ok(tab.url().includes(contact.Id), tab.url());
  await tab.getByRole("heading", { name: "Maya Torres" }).waitFor();

  await cardIs(desk, "talking");
  const to = Date.now();
  await maya.getByText("Talking", { exact: true }).waitFor();
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");

  const task = await onlyNewTask(0);
  const owner = await salesforce.record("User", "Email", "alice@example.com");
  assert.equal(task.OwnerId, owner.Id);
  assert.equal(task.WhoId, contact.Id);
  assert.equal(task.CallType, "Inbound");
  assert.equal(task.TaskSubtype, "Call");
  assert.equal(task.Status, "Completed");
  assertTime(task, from, to);
  assertTalked(task, TALK_SECONDS);
  const words = `Incoming Call from Maya Torres<${MAYA}> to Alice Adams<101> 00:00:0`;
  assert.ok(task.Description.includes(words), task.Description);

  await tab.reload();
  await tab.getByText(task.Description).waitFor();
  await tab.close();
  await listedAsWritten("Answered", task);
  await removesCard(desk);
});

story("e10 a missed call is written without a duration", async () => {
  const phone = await asterisk.rings("101");
  const page = alice.context.waitForEvent("page");
  const from = Date.now();
  const outside = asterisk.givesUp("trunk", "5551000", { number: MAYA, seconds: 2 });
  const maya = await cardIs(desk, "ringing");
  const to = Date.now();
  await (await page).close();
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");
  await maya.getByText("Missed", { exact: true }).waitFor();

  const task = await onlyNewTask(1);
  assert.equal(task.CallType, "Inbound");
  assert.equal(task.WhoId, contact.Id);
  assert.equal(task.CallDurationInSeconds, 0);
  assertTime(task, from, to);
  assert.match(task.Description, /Missed Call from Maya Torres<\d+> to Alice Adams<101>$/);
  await listedAsWritten("Missed", task);
  await removesCard(desk);
});

story("d6_e1 an outbound call shows whom it is to, opens nothing and is written", async () => {
  const outside = await asterisk.answers("trunk");
  const from = Date.now();
  const phone = asterisk.calls("101", `9${MAYA}`, { seconds: TALK_SECONDS });
  const maya = await cardIs(desk, "talking");
  const to = Date.now();
  await maya.getByText("Maya Torres").waitFor();
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");

  const task = await onlyNewTask(2);
  assert.equal(task.CallType, "Outbound");
  assert.equal(task.WhoId, contact.Id);
  assertTime(task, from, to);
  assertTalked(task, TALK_SECONDS);
  const words = `Outgoing Call from Alice Adams<101> to Maya Torres<${MAYA}> 00:00:0`;
  assert.ok(task.Description.includes(words), task.Description);
  assert.equal(alice.context.pages().length, 1, "an outbound call opens no page");
  await listedAsWritten("Answered", task);
  await removesCard(desk);
});

story("d9 an unknown number shows as such, opens nothing and is not written", async () => {
  const phone = await asterisk.answers("101", 1);
  const outside = asterisk.calls("trunk", "5551000", { number: "14155559999" });
  const stranger = await cardIs(desk, "ringing");
  await stranger.getByText("Not in Salesforce").waitFor();
  await stranger.getByText("(415) 555-9999").waitFor();
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");

  await console.goesTo(office, "Calls");
  const row = office.getByRole("listitem").filter({ hasText: "555-9999" });
  await row.getByText("Not written", { exact: true }).first().waitFor();
  await row.getByRole("button").click();
  await row.getByText("The number belongs to nobody in the CRM.").waitFor();
  assert.equal((await salesforce.tasks()).length, 3);
  assert.equal(alice.context.pages().length, 1, "a stranger's call opens no page");
});

story("no page of these calls failed or broke its own policy", async () => {
  assert.deepEqual([...admin.faults, ...alice.faults], []);
  assert.ok(await card(desk).isVisible());
});

/** The Task that follows the `before` ones already there; there is no other. */
async function onlyNewTask(before) {
  const tasks = await eventually("the call is written", async () => {
    const all = await salesforce.tasks();
    return all.length > before && all;
  });
  assert.equal(tasks.length, before + 1);
  return tasks[before];
}

/** The Console lists the newest call with this result, and leads to its Task. */
async function listedAsWritten(result, task) {
  await console.goesTo(office, "Home");
  await console.goesTo(office, "Calls");
  const row = office.getByRole("listitem").first();
  await row.getByText("Maya Torres").first().waitFor();
  await row.getByText(result, { exact: true }).first().waitFor();
  await row.getByText("Written", { exact: true }).first().waitFor();
  await row.getByRole("button").click();
  await row.getByText(task.Description).waitFor();
  const link = row.getByRole("link", { name: "Open in Salesforce" });
  // The row may still unfold: a key meets the link wherever it is.
  const page = await admin.newTab(() => link.press("Enter"));
  await page.getByRole("heading", { name: "Extension Call" }).waitFor();
  assert.ok(page.url().includes(task.Id), page.url());
  await page.close();
}
