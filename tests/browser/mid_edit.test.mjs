// Somebody is typing, and meanwhile another admin saves, the session ends, Linecard starts anew, or
// the CRM takes half a minute: the page says so, and what was typed is still there.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const JOURNAL = "/integrations/crm/salesforce?part=journal";
const TYPED = "Typed by Alice {{Time}}";

let demo;
let browser;
let alice;
let bob;
let api;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  alice = await browser.person("alice");
  const page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  await page.close();
  api = new Api(demo.home, alice.context);
  const wanted = { name: "Boss", email: "boss@example.com", role: "admin" };
  const { sign_in_link } = await api.send("/accounts", wanted);
  bob = await browser.person("bob");
  await (await bob.opens(sign_in_link))
    .getByRole("heading", { name: "Home", exact: true })
    .waitFor();
});

/** Alice at the journal's words, with something typed and not saved. */
async function typing() {
  const page = await alice.opens(demo.home + JOURNAL);
  const field = page.getByLabel("Subject");
  await field.fill(TYPED);
  return { page, field, save: page.getByRole("button", { name: "Save", exact: true }).first() };
}

story("what another admin saves meanwhile is told at Save, and nothing typed is lost", async () => {
  const { page, field, save } = await typing();
  const theirs = new Api(demo.home, bob.context);
  const kept = await theirs.read("/crm/salesforce/journal");
  await theirs.send("/crm/salesforce/journal", { ...kept, subject: "By Boss" }, "PUT");
  // As if Alice had looked at another window.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await save.click();
  await page.getByText("Boss").first().waitFor();
  assert.equal(await field.inputValue(), TYPED);
  assert.equal((await api.read("/crm/salesforce/journal")).subject, "By Boss");
  await page.getByRole("button", { name: "Discard mine and show theirs" }).click();
  await page.getByText("By Boss").first().waitFor();
  assert.equal(await field.inputValue(), "By Boss");
  await page.close();
});

story("a session that ends leaves the page, and signing in again goes on with it", async () => {
  await api.send("/session/password", { password: "correct horse battery" }, "PUT");
  const { page, field, save } = await typing();
  const cookies = await alice.context.cookies();
  await alice.context.clearCookies();
  await save.click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.waitFor();
  assert.equal(await field.inputValue(), TYPED);
  await dialog.getByLabel("E-mail").fill("alice@example.com");
  await dialog.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.notDeepEqual(await alice.context.cookies(), cookies);
  await save.click();
  await page.getByText("Saved").first().waitFor();
  assert.equal((await api.read("/crm/salesforce/journal")).subject, TYPED);
  await page.close();
});

story("a server that is away is told at Save, and the words go to it when it is back", async () => {
  const { page, field, save } = await typing();
  await field.fill(`${TYPED} twice`);
  await alice.context.setOffline(true);
  await save.click();
  await page.getByText("Linecard does not answer").first().waitFor();
  assert.equal(await field.inputValue(), `${TYPED} twice`);
  await alice.context.setOffline(false);
  await save.click();
  await page.getByText("Saved").first().waitFor();
  assert.equal((await api.read("/crm/salesforce/journal")).subject, `${TYPED} twice`);
  await page.close();
});

story("nobody's page failed", async () => {
  const ofPages = alice.faults.filter((fault) => !fault.includes("ERR_INTERNET_DISCONNECTED"));
  assert.deepEqual([ofPages, bob.faults], [[], []]);
});
