// What an administrator does on the stand-in Salesforce's own pages.
import { PASSWORD } from "./salesforce.mjs";

/** Signs in and answers the question. The tab is then back at Linecard. */
export async function answersConsent(tab, decision) {
  await tab.getByLabel("Password").fill(PASSWORD);
  await tab.getByRole("button", { name: "Sign in" }).click();
  await tab.getByRole("button", { name: decision, exact: true }).click();
  await tab.waitForURL("**/integration/callback/**");
}
