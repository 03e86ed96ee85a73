// The demo with its admin at the Console: where most stories about settings begin.
import { Api } from "./api.mjs";
import { openBrowser } from "./browser.mjs";
import { startDemo } from "./linecard.mjs";
import { Phones } from "./phones.mjs";

/** Alice of 101 is the admin; everybody is bound in Salesforce. */
export async function openOffice() {
  const demo = await startDemo();
  const browser = await openBrowser();
  const admin = await browser.person("admin");
  const page = await admin.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  const api = new Api(demo.home, admin.context);
  return { demo, browser, admin, page, api, phones: new Phones(api), crm: demo.salesforce };
}

/**
 * Opens a part of a CRM's page; the settings under this heading.
 * @param {string} part `journal`, `contacts` or `sync`
 */
export async function opensSettings({ demo, page }, part, heading, kind = "salesforce") {
  await page.bringToFront();
  await page.goto(`${demo.home}/integrations/crm/${kind}?part=${part}`);
  const form = page.locator("form").filter({ has: page.getByRole("heading", { name: heading }) });
  await form.waitFor();
  return form;
}

/** Saves the settings, which must be taken. */
export async function saves(form) {
  await form.getByRole("button", { name: "Save", exact: true }).click();
  // What was typed is no change any more once it is kept.
  await form.getByRole("button", { name: "Discard changes" }).waitFor({ state: "hidden" });
}

/** Picks from a list that opens, which has the same label as its field. */
export async function picks(page, form, label, option) {
  await form
    .locator("input")
    .and(form.getByLabel(label, { exact: true }))
    .click();
  await page.getByRole("option", { name: option, exact: true }).click();
}
