// The CRM's users and the extensions of the people (B1 to B9), from the Console to the CRM.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { bindsByEmail, goesTo } from "./stage/console.mjs";
import { cardIs, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** Two of Alice's contacts, and one of Bob's. */
const [MAYA, LIAM] = ["+14155550134", "+14155550119"];
const GRACE = "+14155550178";

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
  await showsUsers();
});

story("b1 a button fetches somebody who is new in the CRM", async () => {
  const { Id, Name, ...like } = await demo.salesforce.record("User", "Name", "Bob Brown");
  const fresh = {
    UserType: like.UserType,
    IsActive: true,
    ProfileId: like.ProfileId,
    FirstName: "Nina",
    LastName: "New",
    Username: "nina@example.com",
    Email: "nina@example.com",
  };
  const { id } = await demo.salesforce.manages("POST", "records/User", fresh);
  assert.ok(!(await users()).some((user) => user.id === id));
  await page.getByRole("button", { name: "Fetch the newest users" }).click();
  await page.getByText("Nina New", { exact: true }).waitFor();
  assert.ok((await users()).some((user) => user.id === id));
});

story("b2 there is a row for each user, with name, e-mail and a picker of extensions", async () => {
  const people = (await demo.salesforce.records("User")).filter(isColleague);
  for (const { Name, Email } of people) {
    const row = page.locator(".lc-user-row").filter({ hasText: Email });
    await row.getByText(Name, { exact: true }).waitFor();
    await row.getByRole("combobox", { name: `Extensions: ${Name}` }).waitFor();
  }
  assert.equal(await page.locator(".lc-user-row").count(), people.length);
});

story("b3 the CRM's own users are recognised, folded away, and cannot be bound", async () => {
  const active = (await demo.salesforce.records("User")).filter(
    ({ IsActive, UserType }) => IsActive && UserType === "Standard",
  );
  const own = active.filter((user) => !isColleague(user)).map(({ Name }) => Name);
  assert.ok(own.length > 1, "the stand-in has such users");
  const recognised = (await users()).filter(({ is_system }) => is_system);
  assert.deepEqual(recognised.map(({ name }) => name).sort(), own.sort());

  const first = page.getByText(own[0]);
  await page.getByText(`${own.length} users of Salesforce's own`).waitFor();
  assert.equal(await first.isVisible(), false);
  await page.getByText(`${own.length} users of Salesforce's own`).click();
  await first.waitFor();
  assert.equal(await page.getByRole("combobox", { name: `Extensions: ${own[0]}` }).count(), 0);

  const binding = { crm_user: recognised[0].id, extension: "101" };
  const refused = await api.tries("/crm/salesforce/bindings", { bindings: [binding] }, "PUT");
  assert.equal(refused.status, 422);
  assert.equal(refused.body.fields[0].path, "/bindings/0/crm_user");
});

story("b7 a user is unbound, and the list of extensions says so", async () => {
  await picker("Dave Dunn").press("Backspace");
  await saves();
  assert.deepEqual(await extensionsOf("Dave Dunn"), []);
  await goesTo(page, "Extensions");
  const row = (number) => page.getByRole("row").filter({ hasText: number });
  await row("dave@example.com").getByText("Not bound", { exact: true }).waitFor();
  await row("bob@example.com").getByText("Bob Brown", { exact: true }).nth(1).waitFor();
});

story("b8 an unbound agent's call is listed, and written once the extension is bound", async () => {
  const before = (await demo.salesforce.tasks()).length;
  await isCalled(MAYA, "104");
  await goesTo(page, "Calls");
  const row = page.getByRole("listitem").first();
  await row.getByText("Not written", { exact: true }).first().waitFor();
  await row.getByRole("button").first().click();
  await row.getByText("Extension 104 is not bound to a CRM user.").waitFor();
  assert.equal((await demo.salesforce.tasks()).length, before);

  await showsUsers();
  await binds("Dave Dunn", "104");
  await saves();
  assert.equal((await demo.salesforce.tasks()).length, before, "not by itself");
  await goesTo(page, "Calls");
  const later = page.getByRole("listitem").first();
  await later.getByRole("button").first().click();
  await later.getByRole("button", { name: "Log it now" }).click();
  const task = await newTask(before);
  assert.equal(task.OwnerId, (await demo.salesforce.record("User", "Name", "Dave Dunn")).Id);
  assert.match(task.Description, /to Dave Dunn<104>$/);
});

story("b5 a user is bound by hand, and the extension's calls are that user's", async () => {
  await showsUsers();
  await picker("Carol Clark").press("Backspace");
  await binds("Nina New", "103");
  await saves();
  assert.deepEqual(await extensionsOf("Nina New"), ["103"]);
  const before = (await demo.salesforce.tasks()).length;
  await isCalled(MAYA, "103");
  const task = await newTask(before);
  assert.equal(task.OwnerId, (await demo.salesforce.record("User", "Name", "Nina New")).Id);
});

story("b4 auto-bind shows who has the same e-mail address, and waits for Save", async () => {
  await api.send("/crm/salesforce/bindings", { bindings: [], groups: [] }, "PUT");
  await page.reload();
  await page.getByRole("button", { name: "Auto-bind" }).click();
  const dialog = page.getByRole("dialog", { name: "Auto-bind users and extensions" });
  await dialog.getByRole("row", { name: "Alice Adams - alice@example.com 101" }).waitFor();
  assert.equal(await dialog.getByRole("row").count(), 5);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(await extensionsOf("Alice Adams"), []);
  await bindsByEmail(page);
  const bound = (await users()).filter(({ extensions }) => extensions.length > 0);
  assert.deepEqual(
    bound.map(({ email, extensions }) => `${email} ${extensions}`).sort(),
    ["alice 101", "bob 102", "carol 103", "dave 104", "erin 105"].map((it) =>
      it.replace(" ", "@example.com "),
    ),
  );
});

story("b9 an agent finds of Salesforce what their own user there may read", async () => {
  const { version } = await api.read("/crm/salesforce/phonebook");
  await api.send(
    "/crm/salesforce/phonebook",
    {
      on: true,
      modules: ["contact"],
      scope: "called",
      new: "Salesforce Synchronization",
      existing: null,
      always_query: true,
      version,
    },
    "PUT",
  );
  await demo.salesforce.setsUp({ private_sharing: true });
  const desk = await alice.opens(`${demo.home}/desk/`);
  const search = desk.getByRole("combobox", { name: "Search or call a number" });
  await search.fill("rossi");
  await desk.getByRole("option", { name: /Anna Rossi/ }).waitFor();
  assert.equal(await desk.getByRole("option", { name: /Marco Rossi/ }).count(), 0, "is Bob's");
  await demo.salesforce.setsUp({ private_sharing: false });
  await desk.close();
});

story("b9 where a CRM cannot tell, the admin chooses what is seen of others' records", async () => {
  await api.send("/crm/bitrix24/connect");
  await page.goto(`${demo.home}/integrations/crm/bitrix24`);
  await bindsByEmail(page);
  await api.send("/crm/salesforce/disable");
  const desk = await alice.opens(`${demo.home}/desk/`);
  await goesOnDuty(desk);
  const grace = await rings(desk, GRACE);
  await grace.getByText("Grace Kim").first().waitFor();
  assert.equal(await grace.getByText("Blue Harbor Logistics").count(), 0, "only the name");
  await ends(desk);

  await page.bringToFront();
  await page.getByRole("tab", { name: "Contacts and leads" }).click();
  const form = page.locator("form").filter({ hasText: "Records of other users" });
  await form.getByRole("radio", { name: /^Nothing/ }).check();
  await form.getByRole("button", { name: "Save" }).click();
  // The button is disabled while it saves, too.
  await eventually("it is kept", async () => {
    return (await api.read("/crm/bitrix24/terms")).sight === "own";
  });
  const hidden = await rings(desk, GRACE);
  await hidden.getByText("Known in Bitrix24; the record is not yours").waitFor();
  assert.equal(await hidden.getByText("Grace Kim").count(), 0);
  await ends(desk);
  const own = await rings(desk, LIAM);
  await own.getByText("Blue Harbor Logistics").first().waitFor();
  await ends(desk);
  await desk.close();
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** Somebody who works there, and can sign in. */
function isColleague({ IsActive, UserType, Name }) {
  return IsActive && UserType === "Standard" && !/Integration|Security/.test(Name);
}

async function showsUsers() {
  await page.goto(`${demo.home}/integrations/crm/salesforce?part=users`);
  await page.getByRole("button", { name: "Fetch the newest users" }).waitFor();
}

async function users() {
  return (await api.read("/crm/salesforce/users")).users;
}

async function extensionsOf(name) {
  return (await users()).find((user) => user.name === name).extensions;
}

function picker(name) {
  return page.getByRole("combobox", { name: `Extensions: ${name}` });
}

async function binds(name, extension) {
  await picker(name).fill(extension);
  await page.getByRole("option", { name: new RegExp(`^${extension}`) }).click();
  await page.keyboard.press("Escape");
}

async function saves() {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Discard changes" }).waitFor({ state: "hidden" });
}

async function rings(desk, number) {
  await api.send("/demo/calls", { from: number, to: "101" });
  return cardIs(desk, "ringing");
}

async function ends(desk) {
  const [{ call }] = (await api.read("/demo")).calls;
  await api.send(`/demo/calls/${call}/hang-up`);
  await cardIs(desk, "ended");
  await removesCard(desk);
}

/** Rings, is not answered, and is in the list of calls when this resolves. */
async function isCalled(from, to) {
  const newest = async () => (await api.read("/calls?limit=1")).calls[0]?.id;
  const before = await newest();
  const { call } = await api.send("/demo/calls", { from, to });
  await api.send(`/demo/calls/${call}/hang-up`);
  await eventually("the call is listed", async () => (await newest()) !== before);
}

/** The only Task after the first `before`. */
async function newTask(before) {
  const tasks = await eventually("the call is written", async () => {
    const all = await demo.salesforce.tasks();
    return all.length > before && all;
  });
  assert.equal(tasks.length, before + 1);
  return tasks[before];
}
