// What somebody else typed: wrong secrets and passwords, and a name that would like to be a page.
import assert from "node:assert/strict";
import { before } from "node:test";
import { asteriskUp } from "./stage/asterisk.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { startSalesforce } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";

/** Whose name in the stand-in is HTML. */
const MISCHIEF = "14155550166";
const NAME = "<img src=x onerror=alert(1)>";

let asterisk;
let salesforce;
let linecard;
let browser;
let admin;
let alice;
let office;

before(async () => {
  [asterisk, salesforce, linecard] = await Promise.all([
    asteriskUp(),
    startSalesforce(),
    startLinecard(),
  ]);
  browser = await openBrowser();
  admin = await browser.person("admin");
  alice = await browser.person("alice");
  office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);
});

story("a wrong AMI secret is said on the phone system's page, and put right there", async () => {
  await console.addsAsterisk(office, asterisk.facts, { secret: "not-the-secret" });
  await office.getByText("Needs attention", { exact: true }).waitFor();
  const alert = office.getByRole("alert");
  await alert.getByText("Asterisk refused the manager user or its secret.").waitFor();
  await alert.getByText("Enter the secret again.").waitFor();
  await office.getByLabel("Secret", { exact: true }).fill(asterisk.facts.ami_secret);
  await office.getByRole("button", { name: "Save", exact: true }).click();
  await office.getByText("Connected", { exact: true }).waitFor();
});

story("a wrong password is refused without telling whether the account exists", async () => {
  const stranger = await browser.person("stranger");
  const page = await stranger.opens(`${linecard.home}/sign-in`);
  for (const email of [console.ADMIN.email, "nobody@example.com"]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    const answered = page.waitForResponse("**/api/v1/session");
    await page.getByRole("button", { name: "Sign in" }).click();
    assert.equal((await answered).status(), 401);
    await page.getByText("E-mail address or password is wrong.").waitFor();
  }
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  assert.deepEqual(stranger.faults, []);
});

story("d9 a contact whose name is HTML is text on Desk and in the Console", async () => {
  await console.goesTo(office, "Extensions");
  await office.getByRole("button", { name: "Fetch from the phone system" }).click();
  await console.names(office, { number: "101", name: "Alice Adams", email: "alice@example.com" });
  await console.connectsSalesforce(admin, office, salesforce);
  await console.goesTo(office, "Extensions");
  const desk = await alice.opens(await console.invites(office, "101"));
  await goesOnDuty(desk);

  const phone = await asterisk.answers("101", 1);
  const opened = alice.context.waitForEvent("page");
  const outside = asterisk.calls("trunk", "5551000", { number: MISCHIEF });
  const card = await cardIs(desk, "ringing");
  await card.getByText(NAME, { exact: true }).waitFor();
  const record = await opened;
  await record.getByRole("heading", { name: NAME }).waitFor();
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");

  await console.goesTo(office, "Calls");
  const row = office.getByRole("listitem").first();
  await row.getByText(NAME, { exact: true }).waitFor();
  await row.getByText("Written", { exact: true }).first().waitFor();
  await row.getByRole("button").click();
  await row.getByText(`Incoming Call from ${NAME}`).waitFor();
  for (const page of [desk, record, office]) {
    assert.equal(await page.locator("img[src=x]").count(), 0);
  }
  assert.deepEqual([...admin.faults, ...alice.faults], []);
});
