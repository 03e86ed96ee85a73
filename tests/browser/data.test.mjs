// An admin says how long what is kept, and takes out everything about one number (X17).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "+14155550134";
const DIGITS = "4155550134";

let api;
let page;

before(async () => {
  const demo = await startDemo();
  const browser = await openBrowser();
  const alice = await browser.person("alice");
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  api = new Api(demo.home, alice.context);
});

story("x17 fewer days are asked about, and kept with who chose them", async () => {
  await console.goesTo(page, "Data");
  await page.getByLabel("Days: Audit log").fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete what is older?" });
  assert.match(await dialog.textContent(), /Audit log/);
  assert.equal((await api.read("/keeping")).days.audit, 730, "nothing before the answer");
  await dialog.getByRole("button", { name: "Keep fewer days" }).click();
  await dialog.waitFor({ state: "hidden" });
  await eventually("30 days are kept", async () => (await api.read("/keeping")).days.audit === 30);
  const { entries } = await api.read("/audit");
  assert.equal(entries[0].kind, "keeping_change");
  assert.equal(entries[0].subject, "audit 730 → 30");
});

story("x17 calls are kept for ever by a switch", async () => {
  await page.getByRole("switch", { name: "For ever: Calls" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await eventually("for ever", async () => (await api.read("/keeping")).days.calls === null);
});

story("x17 what is held about a number is shown, taken along and erased", async () => {
  const { call } = await api.send("/demo/calls", { from: MAYA, to: "101" });
  await api.send(`/demo/calls/${call}/hang-up`);
  const { id } = await api.send("/phonebooks", { name: "Friends" });
  const numbers = [{ slot: "mobile", written: "(415) 555-0134" }];
  await api.send(`/phonebooks/${id}/contacts`, { name: "Maya Torres", numbers });
  await eventually("the call is kept", async () => (await api.read("/calls")).calls.length === 1);
  await page.getByLabel("Number", { exact: true }).fill("(415) 555-0134");
  await page.getByRole("button", { name: "Show what is held" }).click();
  await page.getByRole("row", { name: "Calls 1 Deleted" }).waitFor();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download everything" }).click();
  const file = JSON.parse(await readFile(await (await coming).path(), "utf8"));
  assert.equal(file.number, MAYA);
  assert.equal(file.held.calls[0].body.from, MAYA);
  assert.ok(file.held.contacts.some(({ name }) => name === "Maya Torres"));
  await page.getByRole("button", { name: "Erase", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Erase (415) 555-0134?" });
  assert.match(await dialog.textContent(), /Linecard deletes nothing there/);
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await page.getByText("The number is erased.").waitFor();
  assert.deepEqual((await api.read("/calls")).calls, []);
  assert.deepEqual((await api.read(`/phonebooks/${id}/contacts`)).contacts, []);
  assert.deepEqual((await api.send("/number-data/find", { number: MAYA })).places, []);
  const log = JSON.stringify(await api.read("/audit"));
  assert.match(log, /number_erase/);
  assert.equal(log.includes(DIGITS), false);
});
