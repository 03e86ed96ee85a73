// Calls that are not written like all others: numbers, hours and kinds that are kept out, a dry run
// and a pilot group, and a call nobody answered, which becomes somebody's task (X4, X10, X11, X16).
import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { goesTo } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice, opensSettings, picks, saves } from "./stage/office.mjs";
import { entryOf } from "./stage/phones.mjs";
import { story } from "./stage/story.mjs";

const SETTINGS = ["journal", "terms", "follow-up"];

let office;
let crm;
let phones;
let usual;
/** A contact of Salesforce that belongs to Bob; each story has its own. */
let ruth;
let stories = 0;

before(async () => {
  office = await openOffice();
  ({ crm, phones } = office);
  usual = await Promise.all(SETTINGS.map((name) => office.api.read(`/crm/salesforce/${name}`)));
});

beforeEach(async () => {
  await phones.fallSilent();
  for (const [at, name] of SETTINGS.entries()) {
    const { version } = await office.api.read(`/crm/salesforce/${name}`);
    await office.api.send(`/crm/salesforce/${name}`, { ...usual[at], version }, "PUT");
  }
  stories += 1;
  ruth = { number: `+1415555${6000 + stories}` };
  ruth.id = await crm.enters("Contact", {
    FirstName: "Ruth",
    LastName: `Vance ${stories}`,
    Phone: ruth.number,
    OwnerId: await userOf("bob"),
  });
});

story("x4 the company's own numbers match nobody, though the CRM has them", async () => {
  await isKeptOutBy("Own numbers", "own_number");
});

story(
  "x11 nothing is written about numbers that are never looked up or never written",
  async () => {
    await isKeptOutBy("Never look up", "never_looked_up");
    await isKeptOutBy("Never write", "never_logged");
  },
);

story("x11 only calls of the ticked kinds are written", async () => {
  const form = await opensSettings(office, "journal", "Call journal");
  await form.getByRole("checkbox", { name: "Missed calls" }).uncheck();
  await saves(form);
  assert.equal(entryOf(await phones.missed(ruth.number, "101")).reason, "call_type");
  await phones.answered(ruth.number, "101");
  const tasks = await crm.tasksWith(ruth.id);
  assert.deepEqual(
    tasks.map(({ Description }) => /(\w+) Call/.exec(Description)[1]),
    ["Incoming"],
  );
});

story(
  "x10 a missed call becomes a task of the contact's owner, due when the admin says",
  async () => {
    const form = await opensSettings(office, "journal", "Calls nobody answered");
    await form.getByRole("switch", { name: "Create a task for missed calls" }).click();
    await picks(office.page, form, "Whose task", "The contact's owner");
    await form.getByLabel("Subject").fill("Call {{Call_From}} back");
    await saves(form);
    await phones.answered(ruth.number, "101");
    await phones.missed(ruth.number, "101");
    const task = await eventually("the task is in Salesforce", async () =>
      (await crm.tasksWith(ruth.id)).find(({ Subject }) => Subject.endsWith(" back")),
    );
    assert.equal(task.Subject, `Call Ruth Vance ${stories}<${ruth.number}> back`);
    assert.equal(task.OwnerId, await userOf("bob"));
    assert.equal(task.IsClosed, false);
    assert.equal((await crm.tasksWith(ruth.id)).length, 3, "two calls and one task");
  },
);

story("x10 a missed call becomes a task of everybody who was rung, or of one user", async () => {
  let form = await opensSettings(office, "journal", "Calls nobody answered");
  await form.getByRole("switch", { name: "Create a task for missed calls" }).click();
  await picks(office.page, form, "Whose task", "Every bound agent who was rung");
  await saves(form);
  await phones.missed(ruth.number, "700");
  const rung = await Promise.all(["alice", "bob", "carol"].map(userOf));
  await eventually("each of them has a task", async () => {
    const open = await openTasks();
    return open.length === 3 && rung.every((user) => open.includes(user));
  });

  form = await opensSettings(office, "journal", "Calls nobody answered");
  await picks(office.page, form, "Whose task", "Always this user");
  await picks(office.page, form, "This user", "Dave Dunn");
  await saves(form);
  await phones.missed(ruth.number, "700");
  await eventually("Dave has one", async () => (await openTasks()).length === 4);
  assert.equal((await openTasks()).at(-1), await userOf("dave"));
});

story("x16 in a dry run nothing is written, and what would be is shown", async () => {
  const form = await opensSettings(office, "journal", "Try it first");
  await form.getByRole("radio", { name: "Nothing (dry run)" }).check();
  await saves(form);
  const entry = entryOf(await phones.answered(ruth.number, "101"));
  assert.equal(entry.reason, "dry_run");
  assert.match(entry.description, /Incoming Call from Ruth Vance/);
  assert.deepEqual(await crm.tasksWith(ruth.id), []);
  await office.page.goto(`${office.demo.home}/calls`);
  const row = office.page.locator(".lc-calls > li").first();
  await row.getByRole("button").first().click();
  await row.getByText(entry.description).waitFor();
});

story("x16 with a pilot group only its extensions' calls are written", async () => {
  const form = await opensSettings(office, "journal", "Try it first");
  await form.getByRole("radio", { name: "Only for some extensions (pilot group)" }).check();
  await picks(office.page, form, "Pilot extensions", "102 Bob Brown");
  await office.page.keyboard.press("Escape");
  await saves(form);
  assert.equal(entryOf(await phones.answered(ruth.number, "101")).reason, "not_in_pilot");
  assert.deepEqual(await crm.tasksWith(ruth.id), []);
  await phones.answered(ruth.number, "102");
  const [task, ...others] = await crm.tasksWith(ruth.id);
  assert.deepEqual(others, []);
  assert.equal(task.OwnerId, await userOf("bob"));
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(office.admin.faults, []);
});

/** Ruth's number is in this list of the page Settings for one call, and then is not any more. */
async function isKeptOutBy(list, reason) {
  const { page } = office;
  await goesTo(page, "Settings");
  const numbers = page.locator("input").and(page.getByLabel(list, { exact: true }));
  await numbers.fill(ruth.number);
  await numbers.press("Enter");
  await savesSettings();
  const before = (await crm.tasksWith(ruth.id)).length;
  assert.equal(entryOf(await phones.missed(ruth.number, "101")).reason, reason);
  assert.equal((await crm.tasksWith(ruth.id)).length, before);
  await numbers.press("Backspace");
  await savesSettings();
  assert.equal(entryOf(await phones.missed(ruth.number, "101")).state, "written");
}

/** Saves the page Settings, which must be taken. */
async function savesSettings() {
  const save = office.page.getByRole("button", { name: "Save", exact: true });
  const [answer] = await Promise.all([
    office.page.waitForResponse((it) => it.request().method() === "PUT"),
    save.click(),
  ]);
  assert.equal(answer.status(), 200);
}

async function userOf(who) {
  return (await crm.record("User", "Email", `${who}@example.com`)).Id;
}

/** The owners of the tasks with Ruth that are still to be done. */
async function openTasks() {
  const tasks = await crm.tasksWith(ruth.id);
  return tasks.filter(({ IsClosed }) => !IsClosed).map(({ OwnerId }) => OwnerId);
}
