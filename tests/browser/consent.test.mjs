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

story("a23 an app that Salesforce does not know yet: it may only be new", async () => {
  await refusedAs("too_new", "A new app may take up to 10 minutes to become valid");
});

story("a25 an app that an admin blocked, or that is not for everybody, says so", async () => {
  await refusedAs("blocked", "An administrator has blocked the app");
  await refusedAs("not_approved", "All users may self-authorize");
});

story("a11 a forged state is refused in words, and nothing is connected", async () => {
  const [before, calls] = [await connection(), await salesforce.requestsTo()];
  const tab = await admin.opens(callback("code=stolen&state=forged"));
  await tab.getByText("This sign-in is not valid").waitFor();
  await tab.close();
  assert.deepEqual(await connection(), before);
  assert.equal(await salesforce.requestsTo(), calls, "Salesforce is not even asked");
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
  const [before, calls] = [await connection(), await salesforce.requestsTo()];
  await tab.goto(back.url());
  await tab.getByText("This sign-in is not valid").waitFor();
  await tab.close();
  assert.equal(before.status, "connected");
  assert.deepEqual(await connection(), before);
  assert.equal(await salesforce.requestsTo(), calls, "Salesforce is not asked again");
});

story("a25 an edition without API is named in the list of rights", async () => {
  await salesforce.setsUp({ api_enabled: false });
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByText("Salesforce refuses a part of what Linecard needs.").waitFor();
  await page
    .getByText(/This edition of Salesforce has no API/)
    .first()
    .waitFor();
  const { checks } = (await connection()).probe;
  assert.ok(checks.every(({ allowed, words }) => !allowed && /edition/.test(words)));
  await salesforce.setsUp({ api_enabled: true });
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

/** Consent is given, and then the organisation's policy on the app keeps Linecard out. */
async function refusedAs(policy, words) {
  await console.fillsInSalesforce(page, salesforce);
  const tab = await console.authorizes(admin, page);
  await tab.getByRole("button", { name: "Allow", exact: true }).waitFor();
  await salesforce.setsUp({ application: policy });
  await decides(tab, "Allow");
  await tab.getByText(words).first().waitFor();
  await tab.close();
  await refusedInConsole(words);
  await salesforce.setsUp({ application: "allowed" });
}

async function connection() {
  const answer = await admin.context.request.get(`${linecard.home}/api/v1/crm/salesforce`);
  return answer.json();
}

function callback(query) {
  return `${linecard.home}/integration/callback/api/crm/salesforce/?${query}`;
}
