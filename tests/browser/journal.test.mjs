// What is written into a CRM about a call: chosen in the Console, seen in the CRM (E1 to E11).
import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { authorizes } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice, opensSettings, saves } from "./stage/office.mjs";
import { entryOf } from "./stage/phones.mjs";
import { PASSWORD } from "./stage/stand_in.mjs";
import { story } from "./stage/story.mjs";

const HEADING = "Call journal";
const DEFAULT_SUBJECT = "Extension Call";
/** `dd/mm/yyyy hh:mm:ss`, as the manuals' own texts begin. */
const TIME = String.raw`\d\d/\d\d/\d{4} \d\d:\d\d:\d\d`;
/** Nobody in the stand-ins has it. */
const STRANGER = "+14155550155";

let office;
let crm;
let phones;
let usual;
/** A contact of Salesforce whose calls a story is about; each story has its own. */
let ruth;
let stories = 0;

before(async () => {
  office = await openOffice();
  ({ crm, phones } = office);
  usual = await office.api.read("/crm/salesforce/journal");
});

beforeEach(async () => {
  await phones.fallSilent();
  const { version } = await office.api.read("/crm/salesforce/journal");
  await office.api.send("/crm/salesforce/journal", { ...usual, version }, "PUT");
  stories += 1;
  ruth = { name: `Ruth Vance ${stories}`, number: `+1415555${6000 + stories}` };
  const alice = await crm.record("User", "Email", "alice@example.com");
  ruth.id = await crm.enters("Contact", {
    FirstName: "Ruth",
    LastName: `Vance ${stories}`,
    Phone: ruth.number,
    OwnerId: alice.Id,
  });
});

story("e1 inbound, outbound and missed calls are written once they have ended", async () => {
  await phones.kept(async () => {
    await phones.calledBy(ruth.number, "101");
    await phones.answers("101");
    assert.deepEqual(await crm.tasksWith(ruth.id), [], "nothing is written while they talk");
    await phones.hangsUp("101");
  });
  await phones.placed("101", ruth.number);
  await phones.missed(ruth.number, "101");
  const tasks = await crm.tasksWith(ruth.id);
  assert.deepEqual(
    tasks.map(({ CallType, Description }) => [CallType, /(\w+) Call from/.exec(Description)?.[1]]),
    [
      ["Inbound", "Incoming"],
      ["Outbound", "Outgoing"],
      ["Inbound", "Missed"],
    ],
  );
});

story("e2 the call stands in the timeline of the contact's page", async () => {
  const entry = entryOf(await phones.answered(ruth.number, "101"));
  const [task] = await crm.tasksWith(ruth.id);
  assert.equal(task.TaskSubtype, "Call");
  assert.equal(task.Status, "Completed");
  const record = await office.admin.opens(entry.who_page);
  await record.getByRole("heading", { name: ruth.name }).waitFor();
  await record.getByText(task.Description).waitFor();
  await record.close();
});

story("e3 switched off, nothing is written, and switched on again it is", async () => {
  let form = await opensSettings(office, "journal", HEADING);
  await form.getByRole("switch", { name: "Write calls to the CRM" }).click();
  await saves(form);
  assert.equal(entryOf(await phones.answered(ruth.number, "101")).reason, "journal_off");
  assert.deepEqual(await crm.tasksWith(ruth.id), []);

  form = await opensSettings(office, "journal", HEADING);
  await form.getByRole("switch", { name: "Write calls to the CRM" }).click();
  await saves(form);
  await phones.answered(ruth.number, "101");
  assert.equal((await crm.tasksWith(ruth.id)).length, 1);
});

story("e4 the subject follows its template, which cannot be empty", async () => {
  await phones.answered(ruth.number, "101");
  const form = await opensSettings(office, "journal", HEADING);
  const subject = form.getByLabel("Subject");
  assert.equal(await subject.inputValue(), DEFAULT_SUBJECT);
  await subject.fill(" ");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await form.getByText("Fill this in.").waitFor();
  assert.equal((await office.api.read("/crm/salesforce/journal")).subject, DEFAULT_SUBJECT);

  await subject.fill("{{Call_Log_Status}} of {{Call_To}}");
  await saves(form);
  await phones.answered(ruth.number, "101");
  assert.deepEqual(
    (await crm.tasksWith(ruth.id)).map(({ Subject }) => Subject),
    [DEFAULT_SUBJECT, "Incoming Call of Alice Adams<101>"],
  );
});

story("e5 the description follows its template", async () => {
  await phones.answered(ruth.number, "101");
  const form = await opensSettings(office, "journal", HEADING);
  await form.getByLabel("Description").fill("{{Call_To}} spoke with {{Call_From}}");
  await saves(form);
  await phones.answered(ruth.number, "101");
  const [first, second] = await crm.tasksWith(ruth.id);
  const who = `from ${ruth.name}<\\${ruth.number}> to Alice Adams<101>`;
  assert.match(
    first.Description,
    new RegExp(`^Call: ${TIME} Incoming Call ${who} \\d\\d:\\d\\d:\\d\\d$`),
  );
  assert.equal(second.Description, `Alice Adams<101> spoke with ${ruth.name}<${ruth.number}>`);
});

story(
  "e6 an unknown variable is refused with the known ones; a preview shows the rest",
  async () => {
    const form = await opensSettings(office, "journal", HEADING);
    const description = form.getByLabel("Description");
    await description.fill("At {{Tim}}");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    const refusal = form.getByText(/Tim\b.*Time, Call_Log_Status/).first();
    await refusal.waitFor();
    const kept = await office.api.read("/crm/salesforce/journal");
    assert.equal(kept.description, usual.description);

    await description.fill("{{Time}} is {{.Time}}");
    const same = new RegExp(`(${TIME}) is \\1$`);
    await form.getByText(same).first().waitFor();
    await saves(form);
    await phones.answered(ruth.number, "101");
    assert.match((await crm.tasksWith(ruth.id))[0].Description, same);
  },
);

story("e8 only calls between a bound extension and a contact are written", async () => {
  const before = (await crm.tasks()).length;
  assert.equal(entryOf(await phones.missed(STRANGER, "101")).reason, "nobody");
  await unbinds("104", async () => {
    assert.equal(entryOf(await phones.missed(ruth.number, "104")).reason, "not_bound");
  });
  await phones.kept(async () => {
    await phones.dials("102", "101");
    await phones.answers("101");
    await phones.hangsUp("101");
  });
  assert.equal((await crm.tasks()).length, before);
  await phones.missed(ruth.number, "104");
  assert.equal((await crm.tasks()).length, before + 1);
});

story(
  "e9 the call belongs to the user of the agent who talked, not to the contact's owner",
  async () => {
    await phones.answered(ruth.number, "700", "102");
    const bob = await crm.record("User", "Email", "bob@example.com");
    const talked = (await crm.tasksWith(ruth.id)).filter(({ Description }) =>
      Description.includes("Incoming Call"),
    );
    assert.deepEqual(
      talked.map(({ OwnerId }) => OwnerId),
      [bob.Id],
    );
  },
);

story("e10 the text of a missed call ends without a duration", async () => {
  await phones.missed(ruth.number, "101");
  const who = `from ${ruth.name}<\\${ruth.number}> to Alice Adams<101>`;
  const [task] = await crm.tasksWith(ruth.id);
  assert.match(task.Description, new RegExp(`^Call: ${TIME} Missed Call ${who}$`));
  assert.equal(task.CallDurationInSeconds, 0);
});

story("e11 start, duration and direction are right whatever the text says", async () => {
  await connectsZoho();
  const form = await opensSettings(office, "journal", HEADING, "zoho");
  await form.getByLabel("Description").fill("Yesterday, for an hour");
  await saves(form);
  await office.api.send("/crm-order", { order: ["zoho", "salesforce"] }, "PUT");
  const from = Date.now();
  await phones.answered("+14155550134", "101");
  const [call, ...others] = await records(office.demo.zoho, "Calls");
  assert.deepEqual(others, []);
  assert.match(call.Description, /^Yesterday, for an hour$/m);
  assert.match(call.Call_Start_Time, /[+-]\d\d:\d\d$/);
  const start = Date.parse(call.Call_Start_Time);
  assert.ok(start >= from - 1000 && start <= Date.now(), `${call.Call_Start_Time}`);
  assert.equal(call.Call_Type, "Inbound");
  assert.match(call.Call_Duration, /^00:0[0-5]$/);
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(office.admin.faults, []);
});

/** For as long as `deed` takes, nobody in Salesforce has this extension. */
async function unbinds(extension, deed) {
  const { users } = await office.api.read("/crm/salesforce/users");
  const all = users.flatMap(({ id, extensions }) =>
    extensions.map((bound) => ({ crm_user: id, extension: bound })),
  );
  const others = all.filter((binding) => binding.extension !== extension);
  await office.api.send("/crm/salesforce/bindings", { bindings: others }, "PUT");
  await deed();
  await office.api.send("/crm/salesforce/bindings", { bindings: all }, "PUT");
}

async function connectsZoho() {
  const { admin, page, demo } = office;
  await page.goto(`${demo.home}/integrations/crm/zoho`);
  const tab = await authorizes(admin, page);
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.locator("form button").first().click();
  await tab.getByRole("button", { name: "Accept", exact: true }).click();
  await tab.getByText("Authorization succeeded!").waitFor();
  await tab.close();
  const proposed = await eventually("Zoho's users are there", async () => {
    const same = (await office.api.send("/crm/zoho/bindings/auto")).proposed;
    return same.length > 0 && same;
  });
  const bindings = proposed.map(({ crm_user, extension }) => ({ crm_user, extension }));
  await office.api.send("/crm/zoho/bindings", { bindings }, "PUT");
}

async function records(stand_in, module) {
  return (await fetch(`${stand_in}/__sandbox/records/${module}`)).json();
}
