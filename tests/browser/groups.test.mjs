// A group of extensions is one CRM user's (B6), from the Console to the CRM.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "+14155550134";

let demo;
let alice;
let page;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("b6 an admin groups extensions and binds the group to a CRM user", async () => {
  await goesTo(page, "Extensions");
  await page.getByRole("button", { name: "Add group" }).click();
  const dialog = page.getByRole("dialog", { name: "Add group" });
  await dialog.getByLabel("Name").fill("Front desk");
  for (const extension of ["102", "103"]) {
    await dialog.getByRole("combobox", { name: "Extensions" }).fill(extension);
    await page.getByRole("option", { name: new RegExp(`^${extension}`) }).click();
  }
  await dialog.getByRole("heading").click();
  await dialog.getByRole("button", { name: "Add group" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("102, 103").waitFor();

  // Nobody has one of the two alone: the group's user has both.
  const { users } = await read("/crm/salesforce/users");
  const boss = users.find(({ extensions }) => extensions.includes("101"));
  const only = { bindings: [{ crm_user: boss.id, extension: "101" }] };
  await send("/crm/salesforce/bindings", only, "PUT");
  await page.goto(`${demo.home}/integrations/crm/salesforce?part=users`);
  const pick = page.getByRole("combobox", { name: `Extensions: ${boss.name}` });
  await pick.fill("Front");
  await page.getByRole("option", { name: "Group Front desk" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).first().waitFor();
  const [group] = await read("/extension-groups");
  const after = (await read("/crm/salesforce/users")).users.find(({ id }) => id === boss.id);
  assert.deepEqual([after.extensions, after.groups], [["101"], [group.id]]);
});

story("b6 a call of an extension in the group is written as its user's", async () => {
  const { users } = await read("/crm/salesforce/users");
  const boss = users.find(({ groups }) => groups.length > 0);
  const before = (await demo.salesforce.tasks()).length;
  const { call } = await send("/demo/calls", { from: MAYA, to: "102" });
  await send(`/demo/calls/${call}/hang-up`);
  const [task] = await eventually("the call is written", async () => {
    const all = await demo.salesforce.tasks();
    return all.length > before && all.slice(before);
  });
  assert.equal(task.OwnerId, boss.id);
  assert.match(task.Description, /<102>/);
  assert.deepEqual(alice.faults, []);
});

async function read(path) {
  return (await alice.context.request.get(`${demo.home}/api/v1${path}`)).json();
}

async function send(path, data = {}, method = "POST") {
  const answer = await alice.context.request.fetch(`${demo.home}/api/v1${path}`, {
    method,
    data,
    headers: { "X-Linecard": "1" },
  });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}
