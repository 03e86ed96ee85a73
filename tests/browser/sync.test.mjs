// The phonebook that a CRM fills: chosen in the Console, seen in the phonebook and in what the CRM
// was asked (F1 to F20). What an admin sees of such a phonebook is in phonebooks.test.mjs, the
// search in dial_search.test.mjs, hidden numbers in hidden_numbers.test.mjs.
import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { goesTo } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice, opensSettings, saves } from "./stage/office.mjs";
import { entryOf } from "./stage/phones.mjs";
import { story } from "./stage/story.mjs";

const HEADING = "Synchronise contacts";
const FILLED = "Salesforce Synchronization";
/** How Salesforce is asked who has a number. */
const LOOK_UP = /\/search$/;

let office;
let crm;
let phones;
let known = 0;

before(async () => {
  office = await openOffice();
  ({ crm, phones } = office);
});

/** Everything is kept of those who call, and the CRM is asked only about strangers. */
beforeEach(async () => {
  await phones.fallSilent();
  await keeps({
    on: true,
    modules: ["contact", "lead", "account"],
    scope: "called",
    always_query: false,
  });
});

story("f1 switched on, a caller is kept in the phonebook; switched off, no caller is", async () => {
  await sets(async (form) => {
    await form.getByRole("switch", { name: "Synchronise contacts automatically" }).click();
  });
  const [off, on] = [await person(), await person()];
  await phones.missed(off.number, "101");
  await sets(async (form) => {
    await form.getByRole("switch", { name: "Synchronise contacts automatically" }).click();
  });
  await phones.missed(on.number, "101");
  await isKept(on.name);
  assert.ok(!(await namesKept()).includes(off.name));
});

story("f2 contacts come from the CRM, and nothing of them goes back", async () => {
  const ruth = await person();
  const [entered] = (await crm.records("Contact")).filter(({ Id }) => Id === ruth.id);
  const before = await crm.requests();
  await phones.missed(ruth.number, "101");
  await isKept(ruth.name);
  const [after] = (await crm.records("Contact")).filter(({ Id }) => Id === ruth.id);
  assert.deepEqual(after, { ...entered, LastActivityDate: after.LastActivityDate });
  const written = await askedSince(before, /^(POST|PATCH|PUT|DELETE) .*(Contact|Lead|Account)/);
  assert.equal(written, 0);
});

story("f3 an inbound call brings the contact in, with every number", async () => {
  const mobile = "+14155557777";
  const ruth = await person({ MobilePhone: mobile });
  assert.ok(!(await namesKept()).includes(ruth.name));
  await phones.missed(ruth.number, "101");
  const contact = await isKept(ruth.name);
  assert.deepEqual(
    contact.numbers.map(({ slot, written }) => [slot, written]),
    [
      ["business", ruth.number],
      ["mobile", mobile],
    ],
  );
});

story("f4 an outbound call brings the contact in", async () => {
  const ruth = await person();
  await phones.placed("101", ruth.number);
  await isKept(ruth.name);
});

story("f5_f6 modules are ticked, and only records of the ticked ones come in", async () => {
  await sets(async (form) => {
    await form.getByRole("checkbox", { name: "Contacts", exact: true }).uncheck();
  });
  assert.deepEqual((await book()).modules, ["lead", "account"]);
  const [contact, lead, company] = [await person(), await aLead(), await aCompany()];
  for (const { number } of [contact, lead, company]) {
    assert.equal(entryOf(await phones.missed(number, "101")).state, "written");
  }
  await isKept(lead.name);
  await isKept(company.name);
  assert.ok(!(await namesKept()).includes(contact.name));
});

story("f8 the phonebook carries the CRM's tag in the list and in the API", async () => {
  await goesTo(office.page, "Phonebooks");
  const row = office.page.getByRole("row").filter({ hasText: FILLED });
  await row.getByText("From Salesforce").waitFor();
  const { crm: tag } = (await office.api.read("/phonebooks")).find(({ name }) => name === FILLED);
  assert.equal(tag, "salesforce");
});

story("f9 neither the phonebook nor a contact of it can be edited", async () => {
  const ruth = await person();
  await phones.missed(ruth.number, "101");
  const contact = await isKept(ruth.name);
  const { id } = (await book()).phonebook;
  const somebody = { name: "Somebody", numbers: [{ slot: "business", written: ruth.number }] };
  for (const [method, path, body] of [
    ["POST", `/phonebooks/${id}/contacts`, somebody],
    ["PUT", `/contacts/${contact.id}`, { contact: somebody, version: contact.version }],
    ["DELETE", `/phonebooks/${id}`, null],
  ]) {
    const { status, body: problem } = await office.api.tries(path, body, method);
    assert.equal(status, 409, `${method} ${path}: ${JSON.stringify(problem)}`);
    assert.equal(problem.code, "filled_by_crm");
  }
  await office.page.goto(`${office.demo.home}/contacts/${id}`);
  await office.page.getByText("Salesforce fills this phonebook").waitFor();
  assert.equal(await office.page.getByRole("button", { name: "Add a contact" }).count(), 0);
  await isKept(ruth.name);
});

story(
  "f10 edits and deletions in the CRM arrive, at once where the admin asks for them",
  async () => {
    const [ruth, gone] = [await person(), await person()];
    for (const { number, name } of [ruth, gone]) {
      await phones.missed(number, "101");
      await isKept(name);
    }
    await crm.edits(ruth.id, { LastName: "Married", MobilePhone: "+14155558888" });
    await crm.deletes(gone.id);
    const { page, demo } = office;
    await page.goto(`${demo.home}/integrations/crm/salesforce?part=sync`);
    await page.getByRole("button", { name: "Look for changes now" }).click();
    const changed = await isKept("Ruth Married");
    assert.ok(changed.numbers.some(({ written }) => written === "+14155558888"));
    await eventually(
      "who was deleted is gone",
      async () => !(await namesKept()).includes(gone.name),
    );
  },
);

story(
  "f11 records without a name or a number are left out, and listed with the reason",
  async () => {
    await crm.enters("Contact", { LastName: "Numberless Ned" });
    await crm.enters("Contact", { LastName: "Wordy Wim", Phone: "ask for Wim" });
    await sets(async (form) => {
      await form.getByRole("radio", { name: "All of the chosen modules" }).check();
    });
    const skipped = await eventually("both are listed", async () => {
      const { skipped_records: listed } = await book();
      const reasons = Object.fromEntries(listed.map(({ name, reason }) => [name, reason]));
      return "Numberless Ned" in reasons && "Wordy Wim" in reasons && reasons;
    });
    assert.equal(skipped["Numberless Ned"], "no_number");
    assert.equal(skipped["Wordy Wim"], "unreadable_number");
    const names = await namesKept();
    assert.ok(!names.includes("Numberless Ned") && !names.includes("Wordy Wim"));
    const row = office.page.getByRole("row").filter({ hasText: "Numberless Ned" });
    await row.getByText("no phone number").waitFor();
  },
);

story("f12 always query on: the CRM is asked though the phonebook knows the caller", async () => {
  const ruth = await person();
  await keeps({ scope: "all" });
  await isKept(ruth.name);
  await sets(async (form) => {
    await form.getByRole("switch", { name: "Always query the CRM" }).click();
  });
  const before = await crm.requests();
  await phones.missed(ruth.number, "101");
  assert.equal(await askedSince(before, LOOK_UP), 1);
});

story("f13 always query off: the CRM is asked only about whom the phonebook lacks", async () => {
  const ruth = await person();
  await keeps({ scope: "all", always_query: true });
  await isKept(ruth.name);
  await sets(async (form) => {
    await form.getByRole("switch", { name: "Always query the CRM" }).click();
  });
  const stranger = nextNumber();
  const before = await crm.requests();
  assert.equal(entryOf(await phones.missed(ruth.number, "101")).who_name, ruth.name);
  assert.equal(await askedSince(before, LOOK_UP), 0);
  await phones.missed(stranger, "101");
  assert.equal(await askedSince(before, LOOK_UP), 1);
});

story("f16 the switch warns of the quota and shows what is used of it", async () => {
  await phones.missed((await person()).number, "101");
  const { usage } = await office.api.read("/crm/salesforce");
  assert.ok(usage.used > 0 && usage.limit > usage.used, JSON.stringify(usage));
  const form = await opensSettings(office, "sync", HEADING);
  await form.getByRole("switch", { name: "Always query the CRM" }).click();
  await form.getByText("This uses more of the CRM's API quota.").waitFor();
  const number = new Intl.NumberFormat("en-US");
  const words = `${number.format(usage.used)} of ${number.format(usage.limit)}`;
  await form.getByText(words).waitFor();
});

story("f19 all records of the chosen modules, or only those who call", async () => {
  const [silent, caller] = [await person(), await person()];
  await sets(async (form) => {
    await form.getByRole("radio", { name: "All of the chosen modules" }).check();
  });
  await isKept(silent.name);
  await isKept("Maya Torres");
  await phones.missed(caller.number, "101");
  await sets(async (form) => {
    await form.getByRole("radio", { name: "Those who called or were called" }).check();
  });
  await eventually("who never called is gone", async () => {
    const names = await namesKept();
    return !names.includes(silent.name) && names.includes(caller.name);
  });
});

story("f20 switched off, every caller is asked for and nobody is kept", async () => {
  await sets(async (form) => {
    await form.getByRole("switch", { name: "Synchronise contacts automatically" }).click();
  });
  const kept = await everybodyInPhonebooks();
  const people = [await person(), await person()];
  for (const { number, name } of people) {
    const before = await crm.requests();
    assert.equal(entryOf(await phones.missed(number, "101")).who_name, name);
    assert.equal(await askedSince(before, LOOK_UP), 1);
  }
  assert.deepEqual(await everybodyInPhonebooks(), kept);
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(office.admin.faults, []);
});

/** Nobody in the stand-ins has it. */
function nextNumber() {
  known += 1;
  return `+1415555${6000 + known}`;
}

/** Somebody is entered as a contact in Salesforce. */
async function person(more = {}) {
  const number = nextNumber();
  const names = { FirstName: "Ruth", LastName: `Vance ${known}` };
  const id = await crm.enters("Contact", { ...names, Phone: number, ...more });
  return { id, number, name: `Ruth Vance ${known}` };
}

async function aLead() {
  const number = nextNumber();
  const names = { FirstName: "Lea", LastName: `Lead ${known}`, Company: "Lead Ltd" };
  await crm.enters("Lead", { ...names, Phone: number, IsConverted: false });
  return { number, name: `Lea Lead ${known}` };
}

async function aCompany() {
  const number = nextNumber();
  const name = `Company ${known}`;
  await crm.enters("Account", { Name: name, Phone: number });
  return { number, name };
}

/** Changes the form by hand and saves it. */
async function sets(change) {
  const form = await opensSettings(office, "sync", HEADING);
  await change(form);
  await saves(form);
}

/** Arranges what a story is not about. */
async function keeps(changed) {
  const { on, modules, scope, always_query, phonebook, version } = await book();
  const as_it_is = { on, modules, scope, always_query, version };
  const target = { new: phonebook ? null : FILLED, existing: null };
  await office.api.send("/crm/salesforce/phonebook", { ...as_it_is, ...target, ...changed }, "PUT");
}

function book() {
  return office.api.read("/crm/salesforce/phonebook");
}

async function contacts() {
  const { id } = (await book()).phonebook;
  return (await office.api.read(`/phonebooks/${id}/contacts?limit=200`)).contacts;
}

async function namesKept() {
  return (await contacts()).map(({ name }) => name);
}

/** Waits until somebody of that name is in the phonebook; the contact. */
function isKept(name) {
  return eventually(`${name} is in the phonebook`, async () =>
    (await contacts()).find((contact) => contact.name === name),
  );
}

async function everybodyInPhonebooks() {
  const all = await office.api.read("/phonebooks");
  return all.map(({ name, contacts: count }) => [name, count]);
}

/** How many requests that fit Salesforce has had since. */
async function askedSince(before, fits) {
  const now = Object.entries(await crm.requests()).filter(([endpoint]) => fits.test(endpoint));
  return now.reduce((sum, [endpoint, count]) => sum + count - (before[endpoint] ?? 0), 0);
}
