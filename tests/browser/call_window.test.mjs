// What an agent does about a call in its window, and an admin afterwards: note and result, the
// recording, and to which of several records it belongs (X1 to X3).
import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice, opensSettings, saves } from "./stage/office.mjs";
import { entryOf } from "./stage/phones.mjs";
import { story } from "./stage/story.mjs";

let office;
let crm;
let phones;
let desk;
/** A contact and a lead of Salesforce with one number; each story has its own. */
let number;
let contact;
let lead;
let stories = 0;

before(async () => {
  office = await openOffice();
  ({ crm, phones } = office);
  desk = await office.admin.opens(`${office.demo.home}/desk/`);
  await goesOnDuty(desk);
});

beforeEach(async () => {
  await phones.fallSilent();
  // A tab behind another one is drawn once a second.
  await desk.bringToFront();
  stories += 1;
  number = `+1415555${6000 + stories}`;
  const OwnerId = (await crm.record("User", "Email", "alice@example.com")).Id;
  const names = { LastName: `Vance ${stories}`, Phone: number, OwnerId };
  contact = await crm.enters("Contact", { FirstName: "Ruth", ...names });
  lead = await crm.enters("Lead", {
    FirstName: "Lea",
    Company: "Vance Ltd",
    IsConverted: false,
    ...names,
  });
});

story("x1 note and result, written during the call and after it, stand in one record", async () => {
  const call = await phones.calledBy(number, "101");
  await phones.answers("101");
  const talking = await cardIs(desk, "talking");
  await talking.getByRole("button", { name: "Add a note" }).click();
  await desk.keyboard.type("Wants two pallets");
  await talking.getByRole("button", { name: "Save" }).click();
  await talking.getByText("The note is kept and goes into the CRM.").waitFor();
  await phones.kept(() => phones.outsideHangsUp(call));
  const [task] = await crm.tasksWith(contact);
  assert.match(task.Description, /Incoming Call .*Wants two pallets/s);

  const ended = await cardIs(desk, "ended");
  await ended.getByRole("button", { name: "Add a note" }).click();
  await ended.getByLabel("Note").fill("Wants three pallets");
  await ended.getByLabel("Result").fill("call");
  await desk.getByRole("option", { name: "Call back" }).click();
  await ended.getByRole("button", { name: "Save" }).click();
  const amended = await eventually("the note is in Salesforce", async () => {
    const [now] = await crm.tasksWith(contact);
    return now.Description.includes("Wants three pallets") && now;
  });
  assert.equal(amended.Id, task.Id);
  assert.match(amended.Description, /Incoming Call/);
  assert.doesNotMatch(amended.Description, /two pallets/);
  assert.match(amended.Description, /Call back/);
  assert.equal((await crm.tasksWith(contact)).length, 1);
  await removesCard(desk);
});

story("x1 a note that is typed while the session ends is kept after signing in again", async () => {
  const password = "correct horse battery";
  await office.api.send("/session/password", { password }, "PUT");
  const call = await phones.calledBy(number, "101");
  await phones.answers("101");
  const talking = await cardIs(desk, "talking");
  await talking.getByRole("button", { name: "Add a note" }).click();
  await talking.getByLabel("Note").fill("Wants four pallets");
  await office.api.send("/session", null, "DELETE");
  const again = desk.getByRole("dialog", { name: "Your session has ended" });
  await again.getByLabel("E-mail").fill("alice@example.com");
  await again.getByLabel("Password", { exact: true }).fill(password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await again.waitFor({ state: "hidden" });
  assert.equal(await talking.getByLabel("Note").inputValue(), "Wants four pallets");
  await talking.getByRole("button", { name: "Save" }).click();
  await talking.getByText("The note is kept and goes into the CRM.").waitFor();
  await phones.kept(() => phones.outsideHangsUp(call));
  const [task] = await crm.tasksWith(contact);
  assert.match(task.Description, /Wants four pallets/);
  await removesCard(desk);
});

story(
  "x2 the recording's address comes into the record, and is a link in the Console",
  async () => {
    const { key } = entryOf(await phones.answered(number, "101"));
    const recording = "https://recordings.example/2026/ruth.wav";
    await office.api.send(`/entries/${key}/late`, { recording }, "PUT");
    const [task] = await eventually("the address is in Salesforce", async () => {
      const tasks = await crm.tasksWith(contact);
      return tasks[0].Description.includes(recording) && tasks;
    });
    assert.match(task.Description, /Incoming Call/);
    const row = await opensNewestCall();
    const link = row.getByRole("link", { name: "Recording" });
    assert.equal(await link.getAttribute("href"), recording);
    await removesCard(desk);
  },
);

story("x3 of several records the preferred kind gets the call, as the admin orders", async () => {
  await phones.missed(number, "101");
  assert.deepEqual(await written(), [1, 0]);
  const form = await opensSettings(office, "contacts", "Several records with one number");
  await form.getByRole("button", { name: "Move Leads up" }).click();
  await saves(form);
  await phones.missed(number, "101");
  assert.deepEqual(await written(), [1, 1]);
  await form.getByRole("button", { name: "Move Contacts up" }).click();
  await saves(form);
});

story("x3 the agent chooses another record in the call window", async () => {
  const call = await phones.calledBy(number, "101");
  await phones.answers("101");
  const talking = await cardIs(desk, "talking");
  await talking.getByRole("radio", { name: /^Lea Vance/ }).click();
  await talking.getByText("The call goes to that record.").waitFor();
  await phones.kept(() => phones.outsideHangsUp(call));
  assert.deepEqual(await written(), [0, 1]);
});

story(
  "x3 an admin gives a call to another record afterwards: it moves, and is there once",
  async () => {
    await phones.answered(number, "101");
    const [task] = await crm.tasksWith(contact);
    const row = await opensNewestCall();
    await row.getByRole("button", { name: "Choose another record" }).click();
    const dialog = office.page.getByRole("dialog", { name: "Choose another record" });
    await dialog.getByRole("radio", { name: /^Lea Vance/ }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await eventually("the call is the lead's", async () => (await written())[1] === 1);
    assert.deepEqual(await written(), [0, 1]);
    assert.equal((await crm.tasksWith(lead))[0].Description.includes(task.Description), true);
  },
);

story("no page of all this failed or broke its own policy", async () => {
  // While the session has ended, Desk's socket is refused, and the browser says so.
  const refused = "HTTP Authentication failed";
  const faults = office.admin.faults.filter((fault) => !fault.includes(refused));
  assert.deepEqual(faults, []);
});

/** How many calls stand with the contact and with the lead. */
async function written() {
  return [(await crm.tasksWith(contact)).length, (await crm.tasksWith(lead)).length];
}

/** The newest call of the Console's list, with what was written about it. */
async function opensNewestCall() {
  await office.page.bringToFront();
  await office.page.goto(`${office.demo.home}/calls`);
  const row = office.page.locator(".lc-calls > li").first();
  await row.getByRole("button").first().click();
  return row;
}
