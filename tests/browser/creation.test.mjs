// Contacts and leads that calls of unknown numbers create: chosen in the Console, seen in the CRM
// (G1 to G11).
import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice, opensSettings, picks, saves } from "./stage/office.mjs";
import { entryOf } from "./stage/phones.mjs";
import { story } from "./stage/story.mjs";

const HEADING = "Create new contacts";
const SWITCH = "Create a record for unknown numbers";

let office;
let crm;
let phones;
let usual;
let strangers = 0;

before(async () => {
  office = await openOffice();
  ({ crm, phones } = office);
  usual = { ...(await office.api.read("/crm/salesforce/creation")), on: true };
});

/** Records are created at once, of calls in and out, as contacts. */
beforeEach(async () => {
  await phones.fallSilent();
  await creates({});
});

story("g1 switched off, nobody is created; switched on, the caller is", async () => {
  await sets((form) => form.getByRole("switch", { name: SWITCH }).click());
  const [off, on] = [stranger(), stranger()];
  assert.equal(entryOf(await phones.missed(off, "101")).reason, "nobody");
  await sets((form) => form.getByRole("switch", { name: SWITCH }).click());
  assert.equal(entryOf(await phones.missed(on, "101")).state, "written");
  assert.deepEqual(await created(off), []);
  const [contact, ...others] = await created(on);
  assert.deepEqual(others, []);
  const [task] = await crm.tasksWith(contact.Id);
  assert.match(task.Description, /Missed Call/);
});

story("g2 only calls of the chosen direction create somebody", async () => {
  await sets((form) => picks(office.page, form, "Call type", "Outbound"));
  const [caller, called] = [stranger(), stranger()];
  await phones.missed(caller, "101");
  await phones.placed("101", called);
  assert.deepEqual([(await created(caller)).length, (await created(called)).length], [0, 1]);

  await sets((form) => picks(office.page, form, "Call type", "Inbound"));
  const [second, third] = [stranger(), stranger()];
  await phones.placed("101", second);
  await phones.missed(third, "101");
  assert.deepEqual([(await created(second)).length, (await created(third)).length], [0, 1]);
});

story("g3 a lead is created where that is chosen", async () => {
  await sets((form) => picks(office.page, form, "Create a", "Lead"));
  const number = stranger();
  await phones.missed(number, "101");
  assert.deepEqual(await created(number, "Contact"), []);
  const [lead, ...others] = await created(number, "Lead");
  assert.deepEqual(others, []);
  assert.equal(lead.Company, usual.company);
});

story("g4 two calls at once create one record, and a lead's or company's number none", async () => {
  const [lead, company] = [stranger(), stranger()];
  await crm.enters("Lead", {
    LastName: "Known",
    Company: "Known",
    Phone: lead,
    IsConverted: false,
  });
  await crm.enters("Account", { Name: "Known Ltd", Phone: company });
  for (const number of [lead, company]) {
    await phones.missed(number, "101");
    assert.deepEqual(await created(number), []);
  }
  const number = stranger();
  await Promise.all([phones.calledBy(number, "101"), phones.calledBy(number, "102")]);
  await Promise.all(["101", "102"].map((extension) => phones.answers(extension)));
  await Promise.all(["101", "102"].map((extension) => phones.hangsUp(extension)));
  const contact = await eventually("both calls are written", async () => {
    const [one] = await created(number);
    return one && (await crm.tasksWith(one.Id)).length === 2 && one;
  });
  assert.deepEqual(
    (await created(number)).map(({ Id }) => Id),
    [contact.Id],
  );
});

story("g4 the CRM is asked again right before: who was entered meanwhile is found", async () => {
  await creates({ when: "answered" });
  const number = stranger();
  let id;
  await phones.kept(async () => {
    const before = await lookUps();
    await phones.calledBy(number, "101");
    await eventually("Salesforce was asked", async () => (await lookUps()) > before);
    id = await crm.enters("Contact", { LastName: "Entered by hand", Phone: number });
    await phones.answers("101");
    await phones.hangsUp("101");
  });
  assert.deepEqual(
    (await created(number)).map(({ Id }) => Id),
    [id],
  );
});

story("g5 the name is a template", async () => {
  const [first, second] = [stranger(), stranger()];
  await phones.missed(first, "101");
  await sets(async (form) => {
    await form.getByLabel("First name").fill("");
    await form.getByLabel("Last name").fill("Caller {{Number}}");
  });
  await phones.missed(second, "101");
  assert.equal((await created(first))[0].Name, `Automatic New Contact -${first}`);
  assert.equal((await created(second))[0].Name, `Caller ${second}`);
});

story("g6 the number goes to the office phone, and to no other", async () => {
  const number = stranger();
  await phones.missed(number, "101");
  const [contact] = await created(number);
  const { Phone, MobilePhone, HomePhone, OtherPhone } = contact;
  assert.deepEqual([MobilePhone, HomePhone, OtherPhone], [null, null, null]);
  assert.equal(Phone, number);
});

story("g7 where contacts are kept in a phonebook, the new one is, too", async () => {
  const kept = await office.api.read("/crm/salesforce/phonebook");
  const chosen = { modules: ["contact"], scope: "called", always_query: false };
  const target = { new: "From Salesforce", existing: null };
  await office.api.send(
    "/crm/salesforce/phonebook",
    { on: true, ...chosen, ...target, version: kept.version },
    "PUT",
  );
  const number = stranger();
  await phones.missed(number, "101");
  const { phonebook } = await office.api.read("/crm/salesforce/phonebook");
  const contact = await eventually("the contact is in the phonebook", async () => {
    const { contacts } = await office.api.read(`/phonebooks/${phonebook.id}/contacts`);
    return contacts.find(({ name }) => name.endsWith(number));
  });
  assert.equal(contact.name, (await created(number))[0].Name);
});

story("g8_g9 by hand: a call creates nobody until the agent does in the call window", async () => {
  await sets((form) => form.getByRole("radio", { name: /^Manual/ }).check());
  const desk = await office.admin.opens(`${office.demo.home}/desk/`);
  await goesOnDuty(desk);
  const number = stranger();
  await phones.missed(number, "101");
  const missed = await cardIs(desk, "ended");
  await missed.getByRole("button", { name: "Create in the CRM" }).waitFor();
  assert.deepEqual(await created(number), []);
  await removesCard(desk);

  const call = await phones.calledBy(number, "101");
  await phones.answers("101");
  const talking = await cardIs(desk, "talking");
  await talking.getByRole("button", { name: "Create in the CRM" }).click();
  await talking.getByText("The record is created.").waitFor();
  const [contact, ...others] = await created(number);
  assert.deepEqual(others, []);
  await phones.kept(() => phones.outsideHangsUp(call));
  assert.equal((await crm.tasksWith(contact.Id)).length, 1);

  await cardIs(desk, "ended");
  await removesCard(desk);
  const later = stranger();
  await phones.missed(later, "101");
  const ended = await cardIs(desk, "ended");
  await ended.getByRole("button", { name: "Create in the CRM" }).click();
  await ended.getByText("The record is created.").waitFor();
  assert.equal((await created(later)).length, 1);
  await desk.close();
});

story("g9 by itself: the same call creates somebody without an agent", async () => {
  await creates({ manner: "manual" });
  await sets((form) => form.getByRole("radio", { name: /^Automatic/ }).check());
  const number = stranger();
  await phones.missed(number, "101");
  assert.equal((await created(number)).length, 1);
});

story(
  "g10 the record belongs to who took the call, or else to the first who was rung",
  async () => {
    await creates({ when: "answered" });
    const taken = stranger();
    await phones.answered(taken, "700", "102");
    assert.equal((await created(taken))[0].OwnerId, await userOf("bob"));

    await creates({ when: "ring" });
    const missed = stranger();
    await phones.missed(missed, "700");
    assert.equal((await created(missed))[0].OwnerId, await userOf("alice"));
  },
);

story("g11 only a call that was answered creates somebody, where that is chosen", async () => {
  await sets((form) => picks(office.page, form, "When", "When it is answered"));
  const [missed, answered] = [stranger(), stranger()];
  await phones.missed(missed, "101");
  await phones.answered(answered, "101");
  assert.deepEqual([(await created(missed)).length, (await created(answered)).length], [0, 1]);
  const before = (await crm.records("Contact")).length;
  for (const number of ["", "911"]) await phones.answered(number, "101");
  assert.equal((await crm.records("Contact")).length, before, "a withheld or short number");
});

story("g11 somebody is created after so many seconds of talk, not before", async () => {
  await sets(async (form) => {
    await picks(office.page, form, "When", "After talking for a while");
    await form.getByLabel("Seconds of talk").fill("1");
  });
  const [short, long] = [stranger(), stranger()];
  await phones.answered(short, "101");
  assert.deepEqual(await created(short), []);
  await phones.kept(async () => {
    await phones.calledBy(long, "101");
    await phones.answers("101");
    await eventually(
      "they have talked long enough",
      async () => (await created(long)).length === 1,
    );
    await phones.hangsUp("101");
  });
});

story("g11_a25 an undo that the crm refuses says what to do, in both languages", async () => {
  const { page, api } = office;
  await crm.setsUp({ api_enabled: false });
  for (const [language, all, undo, advice] of [
    ["en", "Choose all", "Undo", "This edition of Salesforce has no API."],
    ["zh-CN", "全选", "撤销", "此 Salesforce 版本没有 API。"],
  ]) {
    await api.send("/session/language", { language }, "PUT");
    await page.goto(`${office.demo.home}/integrations/crm/salesforce?part=contacts`);
    await page.getByRole("button", { name: all }).click();
    await page.getByRole("button", { name: undo }).click();
    await page.getByRole("dialog").getByRole("button", { name: undo }).click();
    const told = page.getByRole("alert").filter({ hasText: advice });
    await told.getByText("API_DISABLED_FOR_ORG", { exact: false }).waitFor();
  }
  await api.send("/session/language", { language: "en" }, "PUT");
  await crm.setsUp({ api_enabled: true });
});

story(
  "g11 what was created is listed and is undone in one go, but for what was edited",
  async () => {
    const edited = stranger();
    await phones.missed(edited, "101");
    const [contact] = await created(edited);
    await crm.edits(contact.Id, { Email: "now.known@example.com" });
    const { records } = await office.api.read("/crm/salesforce/created");
    const listed = records.filter(({ state }) => state === "created");
    assert.ok(listed.length > 3, "the other stories' are there, too");

    const { page } = office;
    await page.goto(`${office.demo.home}/integrations/crm/salesforce?part=contacts`);
    await page.getByRole("button", { name: "Choose all" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    const question = page.getByRole("dialog", { name: "Remove created records from Salesforce?" });
    await question.getByText(`Records to remove: ${listed.length}.`).waitFor();
    await question.getByRole("button", { name: "Undo" }).click();
    await page.getByText(`Removed: ${listed.length - 1} · Not removed: 1`).waitFor();
    const left = (await crm.records("Contact")).filter(
      ({ Name, IsDeleted }) => !IsDeleted && Name.startsWith("Automatic New Contact"),
    );
    assert.deepEqual(
      left.map(({ Id }) => Id),
      [contact.Id],
    );
  },
);

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(office.admin.faults, []);
});

/** A number that nobody in the stand-ins has. */
function stranger() {
  strangers += 1;
  return `+1628555${7000 + strangers}`;
}

/** Changes the form by hand and saves it. */
async function sets(change) {
  const form = await opensSettings(office, "contacts", HEADING);
  await change(form);
  await saves(form);
}

/** Arranges what a story is not about. */
async function creates(changed) {
  const { version } = await office.api.read("/crm/salesforce/creation");
  await office.api.send("/crm/salesforce/creation", { ...usual, ...changed, version }, "PUT");
}

/** The records of Salesforce with that number. */
async function created(number, object = "Contact") {
  const all = await crm.records(object);
  return all.filter(({ Phone, IsDeleted }) => Phone === number && !IsDeleted);
}

async function userOf(who) {
  return (await crm.record("User", "Email", `${who}@example.com`)).Id;
}

/** How often Salesforce was asked who has a number. */
async function lookUps() {
  const all = Object.entries(await crm.requests());
  return all.find(([endpoint]) => endpoint.endsWith("/search"))?.[1] ?? 0;
}
