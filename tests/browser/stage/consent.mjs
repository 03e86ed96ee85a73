// What an administrator does on the stand-ins' own pages.
import { PASSWORD } from "./stand_in.mjs";

/** Signs in, which a browser does once; then comes the question. */
export async function signsInAtSalesforce(tab) {
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.getByRole("button", { name: "Sign in" }).click();
}

/** Clicks Allow or Deny. The tab is then back at Linecard. */
export async function decides(tab, decision) {
  await tab.getByRole("button", { name: decision, exact: true }).click();
  await tab.waitForURL("**/integration/callback/**");
}

/** The same at Zoho's. */
export async function signsInAtZoho(tab) {
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.locator("form button").first().click();
}
