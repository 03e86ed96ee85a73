// What an administrator does in the Console, click by click. The tab comes to the front first: one
// behind others is drawn once a second, and Playwright's clicks wait for that.
import { decides, signsInAtSalesforce } from "./consent.mjs";
import { CONSUMER_KEY, CONSUMER_SECRET } from "./salesforce.mjs";

export const ADMIN = {
  name: "Ada Admin",
  email: "admin@example.com",
  password: "correct horse battery",
};

/** Creates the first account through the printed link. */
export async function setsUp(page) {
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Create the administrator" }).click();
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
}

export async function goesTo(page, name) {
  await page.bringToFront();
  await page.getByRole("navigation").getByText(name, { exact: true }).click();
  await page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
}

/** Adds an Asterisk; `secret` may be a wrong one; `softphones`: they may sign on at it. */
export async function addsAsterisk(page, facts, { secret, softphones = false } = {}) {
  await goesTo(page, "Phone system");
  await page.getByRole("button", { name: "Connect an Asterisk" }).click();
  await page.getByLabel("Host").fill(facts.host);
  await page.getByLabel("Port", { exact: true }).fill(String(facts.ami_port));
  await page.getByLabel("Manager user").fill(facts.ami_username);
  await page.getByLabel("Secret", { exact: true }).fill(secret ?? facts.ami_secret);
  await page.getByLabel("Own phones").fill(String.raw`PJSIP/[12]\d\d`);
  await page.getByLabel("Trunks").fill("PJSIP/trunk");
  if (softphones) {
    const clear = `ws://${facts.host}:${facts.http_port}/ws`;
    const address = typeof softphones === "string" ? softphones : clear;
    await page.getByLabel("Dial context").fill("internal");
    await page.getByLabel("Outside prefix").fill("9");
    await page.getByRole("combobox", { name: "Form of outside numbers" }).click();
    await page.getByRole("option", { name: /^Country code first/ }).click();
    await page.getByLabel("SIP over WebSocket (optional)").fill(address);
    await page.getByLabel("Softphones' password").fill(facts.browser_secret);
  }
  await page.getByRole("button", { name: "Save", exact: true }).click();
}

/** Names an extension that is in the list. */
export async function names(page, { number, name, email }) {
  await page.getByRole("button", { name: `Edit ${number}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: `Extension ${number}` });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("row").filter({ hasText: email }).waitFor();
}

/** The link that signs the agent of an extension in. */
export async function invites(page, number) {
  await page.getByRole("button", { name: `Invite ${number}` }).click();
  const dialog = page.getByRole("dialog", { name: `Invite the agent of ${number}` });
  await dialog.getByRole("button", { name: "Create the sign-in link" }).click();
  const link = await dialog.getByLabel("Sign-in link", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  return link;
}

/** Opens Salesforce's page and fills in the credentials. */
export async function fillsInSalesforce(page, salesforce, secret = CONSUMER_SECRET) {
  await goesTo(page, "CRM");
  await page.getByRole("link", { name: "Salesforce" }).click();
  await page.getByLabel("Sign-in address", { exact: true }).fill(salesforce.address);
  await page.getByLabel("Consumer key", { exact: true }).fill(CONSUMER_KEY);
  await page.getByLabel("Consumer secret", { exact: true }).fill(secret);
}

/** Save and authorize; the tab with the consent page. */
export async function authorizes(admin, page) {
  await page.bringToFront();
  return admin.newTab(() => page.getByRole("button", { name: "Save and authorize" }).click());
}

/** Joins Salesforce and binds the users by e-mail address. */
export async function connectsSalesforce(admin, page, salesforce) {
  await fillsInSalesforce(page, salesforce);
  const tab = await authorizes(admin, page);
  await signsInAtSalesforce(tab);
  await decides(tab, "Allow");
  await tab.getByText("Authorization succeeded!").waitFor();
  await tab.close();
  const result = page.getByRole("dialog", { name: "Salesforce is connected" });
  await result.getByRole("button", { name: "OK" }).click();
  await bindsByEmail(page);
}

/** Binds the CRM's users by e-mail address, on the page of a CRM that is connected. */
export async function bindsByEmail(page) {
  await page.getByRole("tab", { name: "Users", exact: true }).click();
  await autoBinds(page);
}

/** The same, where the users are shown already. */
export async function autoBinds(page) {
  await page.bringToFront();
  await page.getByRole("button", { name: "Auto-bind" }).click();
  const dialog = page.getByRole("dialog", { name: "Auto-bind users and extensions" });
  await dialog.getByRole("button", { name: "OK" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  // The draft is kept when nothing is left to discard.
  await page.getByRole("button", { name: "Discard changes" }).waitFor({ state: "hidden" });
}
