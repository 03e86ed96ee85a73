// Consents that must not connect anything: each says why, and nothing else changes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { decides, signsInAtSalesforce } from "./stage/consent.mjs";
import * as console from "./stage/console.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { startSalesforce } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";

const MISMATCH = "redirect_uri must match configuration";

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
  const advice = "A new app may take up to 10 minutes to become valid.";
  await refusedAs("too_new", "client identifier invalid", `Check it. ${advice}`);
});

story("a25 an app that an admin blocked, or that is not for everybody, says so", async () => {
  await refusedAs("blocked", "this app is blocked by admin", "Unblock it under Setup");
  const unapproved = "user hasn't approved this consumer";
  await refusedAs("not_approved", unapproved, "“All users may self-authorize”");
});

story("a20 an app without our redirect URI says what to enter, in English", async () => {
  await console.fillsInSalesforce(page, salesforce);
  await comesBackMismatched(() => console.authorizes(admin, page));
  await refusedInConsole(
    "Enter the redirect URI shown on the connection's page as a callback URL of the app",
  );
  await page.getByText(MISMATCH).waitFor();
});

story(
  "a20 a Chinese admin reads the same in Chinese, and Salesforce's words as they are",
  async () => {
    const api = new Api(linecard.home, admin.context);
    await api.send("/session/language", { language: "zh-CN" }, "PUT");
    await page.reload();
    const button = page.getByRole("button", { name: "保存并授权" });
    await comesBackMismatched(() => admin.newTab(() => button.click()));
    const advice = "请将连接页面上显示的重定向 URI 一字不差地填入应用程序的回调 URL";
    const dialog = page.getByRole("dialog", { name: "Salesforce 未连接" });
    await dialog.getByText(advice).waitFor();
    await dialog.getByText(MISMATCH).waitFor();
    await dialog.getByRole("button", { name: "确定" }).click();
    const status = page.getByRole("alert").filter({ hasText: advice });
    await status.waitFor();
    assert.doesNotMatch(await status.innerText(), /letter by letter/);
    await page.getByLabel("登录地址", { exact: true }).fill("http://crm.example");
    await button.click();
    await page.getByText("“http://crm.example”无法使用。").waitFor();
    await page.getByLabel("登录地址", { exact: true }).fill(salesforce.address);
    await api.send("/session/language", { language: "en" }, "PUT");
    await page.reload();
  },
);

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
  const advice = { code: "edition_without_api", about: null };
  assert.ok(checks.every(({ allowed }) => !allowed));
  for (const check of checks) assert.deepEqual(check.advice, advice);
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
async function refusedAs(policy, words, advice) {
  await console.fillsInSalesforce(page, salesforce);
  const tab = await console.authorizes(admin, page);
  await tab.getByRole("button", { name: "Allow", exact: true }).waitFor();
  await salesforce.setsUp({ application: policy });
  await decides(tab, "Allow");
  await tab.getByText(words).first().waitFor();
  await tab.close();
  await refusedInConsole(advice);
  await page.getByText(words).waitFor();
  await salesforce.setsUp({ application: "allowed" });
}

/** Salesforce sends the browser back without asking: it knows the app by another redirect URI. */
async function comesBackMismatched(click) {
  await admin.context.route(
    `${salesforce.address}/services/oauth2/authorize?**`,
    (route) => {
      const state = new URL(route.request().url()).searchParams.get("state");
      const answer = { error: "redirect_uri_mismatch", error_description: MISMATCH, state };
      const location = callback(new URLSearchParams(answer));
      return route.fulfill({ status: 302, headers: { location } });
    },
    { times: 1 },
  );
  const tab = await click();
  await tab.getByText(MISMATCH).waitFor();
  await tab.close();
}

async function connection() {
  const answer = await admin.context.request.get(`${linecard.home}/api/v1/crm/salesforce`);
  return answer.json();
}

function callback(query) {
  return `${linecard.home}/integration/callback/api/crm/salesforce/?${query}`;
}
