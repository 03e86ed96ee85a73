// Consents that must not connect anything: each says why, and nothing else changes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { decides, signsInAtSalesforce } from "./stage/consent.mjs";
import * as console from "./stage/console.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { startSalesforce } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";

let salesforce;
let linecard;
let admin;
let page;

before(async () => {
  [salesforce, linecard] = await Promise.all([startSalesforce(), startLinecard()]);
  const browser = await openBrowser();
  admin = await browser.person("admin");
  page = await admin.opens(linecard.setUpLink);
  await console.setsUp(page);
});

story("a11 a denied consent says so in both tabs, and nothing is connected", async () => {
  await console.fillsInSalesforce(page, salesforce);
  const tab = await console.authorizes(admin, page);
  await signsInAtSalesforce(tab);
  await decides(tab, "Deny");
  await tab.getByText("Access was not allowed").waitFor();
  await tab.close();
  await refusedInConsole("Consent was denied in the CRM.");
});

story("a20 a wrong consumer secret says what to check, and nothing is connected", async () => {
  await console.fillsInSalesforce(page, salesforce, "wrong-consumer-secret");
  const tab = await console.authorizes(admin, page);
  await decides(tab, "Allow");
  await tab.getByText("The CRM did not accept the sign-in").waitFor();
  await tab.getByText("Compare what is filled in on the CRM's page").waitFor();
  await tab.close();
  await refusedInConsole("Compare what is filled in with the CRM");
});

story("a11 a forged state is refused in words, and nothing is connected", async () => {
  const [before, calls] = [await connection(), await requestsToSalesforce()];
  const tab = await admin.opens(callback("code=stolen&state=forged"));
  await tab.getByText("This sign-in is not valid").waitFor();
  await tab.close();
  assert.deepEqual(await connection(), before);
  assert.equal(await requestsToSalesforce(), calls, "Salesforce is not even asked");
});

story("a11 an address with script in it is shown as nothing but text", async () => {
  const script = encodeURIComponent("<script>alert(1)</script>");
  const tab = await admin.opens(callback(`error=${script}&error_description=${script}&state=x`));
  await tab.getByText("This sign-in is not valid").waitFor();
  await tab.close();
  assert.deepEqual(admin.faults, []);
});

story("a11 a callback used before is refused, and what it connected stays", async () => {
  await console.fillsInSalesforce(page, salesforce);
  const tab = await console.authorizes(admin, page);
  const [back] = await Promise.all([
    tab.waitForRequest((request) => request.url().includes("/integration/callback/")),
    decides(tab, "Allow"),
  ]);
  await tab.getByText("Authorization succeeded!").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "OK" }).click();
  const [before, calls] = [await connection(), await requestsToSalesforce()];
  await tab.goto(back.url());
  await tab.getByText("This sign-in is not valid").waitFor();
  await tab.close();
  assert.equal(before.status, "connected");
  assert.deepEqual(await connection(), before);
  assert.equal(await requestsToSalesforce(), calls, "Salesforce is not asked again");
});

story("no page of these consents failed or broke its own policy", async () => {
  assert.deepEqual(admin.faults, []);
});

/** The waiting page shows the refusal by itself, in a dialog and then in the status. */
async function refusedInConsole(words) {
  const dialog = page.getByRole("dialog", { name: "Salesforce is not connected" });
  await dialog.getByText(words).waitFor();
  await dialog.getByRole("button", { name: "OK" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("Not connected", { exact: true }).waitFor();
  await page.getByRole("alert").filter({ hasText: words }).waitFor();
  const { status, organisation, user } = await connection();
  assert.equal(status, "not_connected");
  assert.equal(organisation ?? user ?? null, null);
  assert.deepEqual(await salesforce.tasks(), []);
}

async function connection() {
  const answer = await admin.context.request.get(`${linecard.home}/api/v1/crm/salesforce`);
  return answer.json();
}

async function requestsToSalesforce() {
  const answer = await fetch(`${salesforce.address}/__sandbox/requests`);
  return (await answer.json()).total;
}

function callback(query) {
  return `${linecard.home}/integration/callback/api/crm/salesforce/?${query}`;
}
