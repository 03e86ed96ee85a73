// `linecard demo`: the simulation that a newcomer sees first.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { card, cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import * as outsideLine from "./stage/outside_line.mjs";
import { story } from "./stage/story.mjs";

let demo;
let alice;
let desk;
let outside;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  const console = await alice.opens(demo.signInLink);
  await console.getByRole("heading", { name: "Home", exact: true }).waitFor();
  desk = await alice.newTab(() => console.getByRole("link", { name: "Desk" }).click());
  outside = await alice.newTab(() => console.getByRole("link", { name: "Outside line" }).click());
});

story("the pages say that it is a simulation", async () => {
  await outside.getByText("This is a simulation. You play the outside world").waitFor();
  await desk.getByText("Simulation", { exact: true }).waitFor();
});

story("d1_e1 a simulated call pops, is answered and hung up on Desk, and is written", async () => {
  await goesOnDuty(desk);
  const tab = await alice.newTab(() =>
    outsideLine.calls(outside, "Maya Torres", "101 Alice Adams"),
  );
  const maya = await cardIs(desk, "ringing");
  await maya.getByText("Maya Torres").waitFor();
  await maya.getByText("Blue Harbor Logistics").waitFor();
  await tab.getByRole("heading", { name: "Maya Torres" }).waitFor();

  await maya.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await maya.getByRole("button", { name: "Hang up" }).click();
  await cardIs(desk, "ended");
  const task = await writtenTask(1);
  const contact = await demo.salesforce.record("Contact", "Name", "Maya Torres");
  assert.equal(task.WhoId, contact.Id);
  assert.equal(task.CallType, "Inbound");
  await tab.reload();
  await tab.getByText(task.Description).waitFor();
  await tab.close();
  await removesCard(desk);
});

for (const [kind, target] of [
  ["ring group", "600 Sales"],
  ["queue", "700 Support"],
]) {
  story(`d1 a call to a ${kind} rings on Desk, too`, async () => {
    const tab = await alice.newTab(() => outsideLine.calls(outside, "Maya Torres", target));
    const maya = await cardIs(desk, "ringing");
    await maya.getByText("Maya Torres").waitFor();
    await tab.close();
    await outside.getByRole("button", { name: "Hang up as the outside party" }).click();
    await cardIs(desk, "ended");
    await removesCard(desk);
  });
}

story("e7 the admin chooses who gets a missed call of a group that nobody answered", async () => {
  assert.equal((await entriesOfAMissedGroupCall()).length, 3);
  const crm = await alice.opens(`${demo.home}/integrations/crm/salesforce?part=journal`);
  const unanswered = "Agents who did not answer get no missed-call entry";
  await crm.getByRole("switch", { name: unanswered }).click();
  await crm.getByRole("button", { name: "Save", exact: true }).first().click();
  await crm.getByText("Saved", { exact: true }).waitFor();
  const [only, ...others] = await entriesOfAMissedGroupCall();
  assert.equal(others.length, 0);
  assert.match(only.description, /Missed Call from Maya Torres<.*> to Alice Adams<101>$/);
  await crm.reload();
  assert.ok(await crm.getByRole("switch", { name: unanswered }).isChecked());
  await crm.close();
});

story("c2 a number is called from Desk, the own phone first", async () => {
  const number = desk.getByRole("combobox", { name: "Search or call a number" });
  await number.fill("(415) 555-0134");
  await number.press("Enter");
  const asked = desk.getByRole("region", { name: /^Calling / });
  await asked.getByText("Your phone rings. Pick it up to place the call.").waitFor();
  await asked.getByRole("heading", { name: "Maya Torres" }).waitFor();
  await asked.getByRole("button", { name: "Pick up" }).click();
  const maya = await cardIs(desk, "waiting");
  await maya.getByText("Dialling").waitFor();
  await asked.waitFor({ state: "detached" });
  await outside.getByRole("button", { name: "Answer as the outside party" }).click();
  await cardIs(desk, "talking");
  await outside.getByRole("button", { name: "Hang up as the outside party" }).click();
  const ended = await cardIs(desk, "ended");
  const task = await eventually("the call is written", async () => {
    const all = await demo.salesforce.tasks();
    return all.find(({ CallType }) => CallType === "Outbound");
  });
  assert.match(task.Description, /Outgoing Call from Alice Adams<101> to Maya Torres</);

  await ended.getByRole("button", { name: "Call again" }).click();
  await asked.getByRole("button", { name: "Give up" }).click();
  await asked.waitFor({ state: "detached" });
});

story("c2 a number that costs much is not called, and Desk says so", async () => {
  await desk.getByRole("combobox", { name: "Search or call a number" }).fill("+1 900 555 0134");
  await desk.getByRole("button", { name: "Call", exact: true }).click();
  await desk.getByRole("alert").getByText("Numbers of this kind are not called").waitFor();
  const audit = await alice.context.request.get(`${demo.home}/api/v1/audit?limit=1`);
  const [{ kind, number, result }] = (await audit.json()).entries;
  assert.deepEqual([kind, number, result], ["dial", "+1 900 555 0134", "denied_number"]);
  const calls = await alice.context.request.get(`${demo.home}/api/v1/calls?limit=1`);
  assert.doesNotMatch(await calls.text(), /9005550134/);
});

story("d12 a page the browser blocks is opened from the card instead", async () => {
  await desk.close();
  const strict = await openBrowser({ popups: "asked" });
  const agent = await strict.person("agent", { storageState: await alice.context.storageState() });
  // The first tab leads: it opens the pages. Nobody clicks in it, and Playwright must not even
  // look into it: the browser would take that for a click.
  const untouched = await agent.context.newPage();
  const line = untouched.waitForEvent("websocket");
  await untouched.goto(`${demo.home}/desk/`);
  const socket = await line;
  const other = await agent.opens(`${demo.home}/desk/`);
  await other.getByText("Desk is open in another tab").waitFor();
  const isOnDuty = await other.getByRole("button", { name: "Duty: On duty" }).isVisible();
  if (!isOnDuty) await goesOnDuty(other);

  const popped = socket.waitForEvent("framesent", ({ payload }) => payload.includes('"popped"'));
  await outsideLine.calls(outside, "Maya Torres", "101 Alice Adams");
  assert.equal(JSON.parse((await popped).payload).how, "blocked");
  await untouched.getByText("The browser blocked the CRM page").waitFor();
  const open = card(untouched).getByRole("link", { name: "Open in Salesforce" });
  const record = await agent.newTab(() => open.click());
  await record.getByRole("heading", { name: "Maya Torres" }).waitFor();
  assert.deepEqual(agent.faults, []);
});

story("no page of the demo failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** Maya calls the three of Sales and gives up; what is written of that. */
async function entriesOfAMissedGroupCall() {
  const tab = await alice.newTab(() => outsideLine.calls(outside, "Maya Torres", "600 Sales"));
  await cardIs(desk, "ringing");
  await tab.close();
  const newest = async () => {
    const answer = await alice.context.request.get(`${demo.home}/api/v1/calls?limit=1`);
    return (await answer.json()).calls[0];
  };
  const before = await newest();
  await outside.getByRole("button", { name: "Hang up as the outside party" }).click();
  await cardIs(desk, "ended");
  await removesCard(desk);
  return eventually("the call is written", async () => {
    const call = await newest();
    const written = call.entries.every(({ state }) => state === "written");
    return call.id !== before.id && written && call.entries;
  });
}

async function writtenTask(count) {
  const tasks = await eventually("the call is written", async () => {
    const all = await demo.salesforce.tasks();
    return all.length >= count && all;
  });
  assert.equal(tasks.length, count);
  return tasks[count - 1];
}
