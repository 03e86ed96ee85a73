// Phonebooks in the Console: an admin's own, and the one that a CRM fills (F7 to F9, H5).
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134". */
const MAYA = "Maya Torres";
/** The name that the page proposes. */
const FILLED = "Salesforce Synchronization";

let demo;
let admin;
let page;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  admin = await browser.person("admin");
  page = await admin.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story(
  "an admin makes a phonebook and adds a contact, whose numbers are read as typed",
  async () => {
    await goesTo(page, "Phonebooks");
    await page.getByRole("button", { name: "New phonebook" }).click();
    const dialog = page.getByRole("dialog", { name: "New phonebook" });
    await dialog.getByLabel("Name").fill("Suppliers");
    await dialog.getByRole("button", { name: "New phonebook" }).click();
    await page.getByRole("link", { name: "Suppliers" }).click();
    await page.getByText("No contacts yet").waitFor();

    await addsContact({
      name: "王芳 Wang Fang",
      company: "Acme",
      Business: "12345",
      Mobile: "(415) 555-0199",
    });
    await page.getByRole("button", { name: "王芳 Wang Fang" }).click();
    const drawer = page.getByRole("dialog", { name: "Contact", exact: true });
    await drawer.getByText("Read as (415) 555-0199").waitFor();
    await drawer.getByText(/no caller is matched by it/).waitFor();
    await drawer.getByLabel("Business", { exact: true }).fill("no digits");
    await drawer.getByLabel("Remark").fill("Mornings only");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.getByText("This has no digit, so it is no number.").waitFor();
    // What was typed is still there.
    assert.equal(await drawer.getByLabel("Remark").inputValue(), "Mornings only");
    await drawer.getByLabel("Business", { exact: true }).fill("+49 30 1234567");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.waitFor({ state: "hidden" });
    const [fang] = await contactsOf("Suppliers");
    assert.deepEqual(
      fang.numbers.map(({ slot, e164 }) => [slot, e164]),
      [
        ["business", "+49301234567"],
        ["mobile", "+14155550199"],
      ],
    );
    assert.equal(fang.remark, "Mornings only");
  },
);

story("two admins who change one contact do not overwrite each other", async () => {
  const other = await admin.opens(page.url());
  for (const tab of [page, other]) {
    await tab.getByRole("button", { name: "王芳 Wang Fang" }).click();
  }
  const drawer = (tab) => tab.getByRole("dialog", { name: "Contact", exact: true });
  await drawer(other).getByLabel("Company").fill("Acme Berlin");
  await drawer(other).getByRole("button", { name: "Save" }).click();
  await drawer(other).waitFor({ state: "hidden" });
  await drawer(page).getByLabel("Company").fill("Lost");
  await drawer(page).getByRole("button", { name: "Save" }).click();
  await drawer(page)
    .getByText(/ changed this at .+ What you entered is still here\./)
    .waitFor();
  assert.equal((await contactsOf("Suppliers"))[0].company, "Acme Berlin");
  await other.close();
  await page.reload();
});

story(
  "a contact is found by any word of its name, its company, or a part of a number",
  async () => {
    await addsContact({ name: "Grace Hopper", company: "Navy", Home: "+1 212 555 0101" });
    const search = page.getByLabel("Search by name, company or number");
    for (const text of ["hopper gra", "navy", "212) 555"]) {
      await search.fill(text);
      await page.getByRole("button", { name: "王芳 Wang Fang" }).waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "Grace Hopper" }).waitFor();
    }
    await search.fill("nobody");
    await page.getByText("No contact has this").waitFor();
    await search.fill("");
    await page.getByRole("button", { name: "王芳 Wang Fang" }).waitFor();
  },
);

story("f7 a phonebook with contacts is not filled by a CRM, a new one is", async () => {
  const suppliers = (await phonebooks()).find(({ name }) => name === "Suppliers");
  const refused = await admin.context.request.put(`${demo.home}/api/v1/crm/salesforce/phonebook`, {
    headers: { "X-Linecard": "1" },
    data: {
      on: true,
      modules: ["contact"],
      scope: "all",
      always_query: false,
      existing: suppliers.id,
      version: 0,
    },
  });
  assert.equal(refused.status(), 422);
  assert.equal((await refused.json()).fields[0].code, "not_empty");

  await page.goto(`${demo.home}/integrations/crm/salesforce?part=sync`);
  await page.getByRole("switch", { name: "Synchronise contacts automatically" }).click();
  await page.getByLabel("All of the chosen modules").click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await eventually("Maya is in the phonebook", async () => {
    const made = (await phonebooks()).some(({ name }) => name === FILLED);
    return made && (await contactsOf(FILLED)).some(({ name }) => name === MAYA);
  });
});

story(
  "f8_f9 the phonebook carries the CRM's tag and is read-only while it is connected",
  async () => {
    await goesTo(page, "Phonebooks");
    const row = page.getByRole("row").filter({ hasText: FILLED });
    await row.getByText("From Salesforce").waitFor();
    await row.getByText("Read-only").waitFor();
    await row.getByRole("button", { name: /^More for/ }).click();
    assert.equal(await page.getByRole("menuitem", { name: "Delete" }).isDisabled(), true);
    await page.keyboard.press("Escape");

    await row.getByRole("link").click();
    await page.getByText("Salesforce fills this phonebook").waitFor();
    await page.getByRole("button", { name: MAYA }).click();
    const drawer = page.getByRole("dialog", { name: "Contact", exact: true });
    await drawer.getByText("(415) 555-0134").waitFor();
    assert.equal(await drawer.getByRole("textbox").count(), 0);
    assert.equal(await drawer.getByRole("button", { name: "Save" }).count(), 0);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("button", { name: "Add a contact" }).count(), 0);
    assert.equal(await page.getByRole("checkbox").count(), 0);
    await page.getByRole("link", { name: "Synchronization with Salesforce" }).waitFor();

    // Nor by any other way.
    const [contact] = (await contactsOf(FILLED)).filter(({ name }) => name === MAYA);
    const refused = await admin.context.request.post(`${demo.home}/api/v1/contacts/delete`, {
      headers: { "X-Linecard": "1" },
      data: { contacts: [contact.id] },
    });
    assert.equal(refused.status(), 409);
    assert.equal((await refused.json()).code, "filled_by_crm");
  },
);

story(
  "h5 after the disconnect the contacts stay and can be edited, and the CRM's do not change",
  async () => {
    const before = await demo.salesforce.record("Contact", "Name", MAYA);
    const address = page.url();
    await page.getByRole("link", { name: "Synchronization with Salesforce" }).click();
    await page.getByRole("tab", { name: "Connection" }).click();
    await page.getByRole("button", { name: "Disconnect" }).click();
    const dialog = page.getByRole("dialog", { name: "Disconnect Salesforce?" });
    await dialog.getByRole("button", { name: "Disconnect" }).click();
    await dialog.waitFor({ state: "hidden" });

    await page.goto(address);
    await page.getByText(/which is no longer connected/).waitFor();
    await page.getByText("From Salesforce", { exact: true }).waitFor();
    await page.getByRole("button", { name: MAYA }).click();
    const drawer = page.getByRole("dialog", { name: "Contact", exact: true });
    await drawer.getByLabel("Name").fill("Maya Torres-Lee");
    await drawer.getByRole("button", { name: "Save" }).click();
    await drawer.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Maya Torres-Lee" }).waitFor();
    const after = await demo.salesforce.record("Contact", "Id", before.Id);
    assert.deepEqual(after, before);
  },
);

story("duplicates are shown and merged", async () => {
  await goesTo(page, "Phonebooks");
  await page.getByRole("link", { name: "Suppliers" }).click();
  await addsContact({ name: "G. Hopper", company: "", Mobile: "2125550101" });
  await goesTo(page, "Phonebooks");
  await page.getByRole("link", { name: "Duplicates" }).click();
  await page.getByRole("button", { name: "Merge (212) 555-0101" }).click();
  const dialog = page.getByRole("dialog", { name: "Merge into one contact" });
  await dialog.getByLabel("Grace Hopper, Navy").click();
  await dialog.getByRole("button", { name: "Merge" }).click();
  await dialog.waitFor({ state: "hidden" });
  const names = (await contactsOf("Suppliers")).map(({ name }) => name);
  assert.deepEqual(names, ["Grace Hopper", "王芳 Wang Fang"]);
});

story("ticked contacts are moved and deleted", async () => {
  await goesTo(page, "Phonebooks");
  await page.getByRole("link", { name: "Suppliers" }).click();
  await page.getByRole("checkbox", { name: "Choose Grace Hopper" }).click();
  await page.getByText("1 contact chosen").waitFor();
  await page.getByRole("button", { name: "Move" }).click();
  const dialog = page.getByRole("dialog", { name: "Move 1 contact" });
  await dialog.getByRole("button", { name: "Move" }).click();
  await page.getByText("1 contact moved").waitFor();
  await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: "Delete 1 contact?" });
  await question.getByRole("button", { name: "Delete" }).click();
  await page.getByText("No contacts yet").waitFor();
  assert.deepEqual(await contactsOf("Suppliers"), []);
  const moved = (await contactsOf(FILLED)).map(({ name }) => name);
  assert.ok(moved.includes("Grace Hopper"), `${moved}`);
  assert.deepEqual(admin.faults, []);
});

/** On the page of a phonebook. */
async function addsContact({ name, company, ...numbers }) {
  await page.getByRole("button", { name: "Add a contact" }).first().click();
  const drawer = page.getByRole("dialog", { name: "New contact" });
  await drawer.getByLabel("Name").fill(name);
  await drawer.getByLabel("Company").fill(company);
  for (const [slot, number] of Object.entries(numbers)) {
    await drawer.getByLabel(slot, { exact: true }).fill(number);
  }
  await drawer.getByRole("button", { name: "Add a contact" }).click();
  await drawer.waitFor({ state: "hidden" });
  await page.getByRole("button", { name }).waitFor();
}

async function phonebooks() {
  return read("/phonebooks");
}

async function contactsOf(called) {
  const { id } = (await phonebooks()).find(({ name }) => name === called);
  return (await read(`/phonebooks/${id}/contacts`)).contacts;
}

async function read(path) {
  const answer = await admin.context.request.get(`${demo.home}/api/v1${path}`);
  assert.ok(answer.ok(), `${path}: ${answer.status()}`);
  return answer.json();
}
