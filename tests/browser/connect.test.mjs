// How Salesforce is joined, step by step, and what the Console says of the connection (A1 to A13).
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { decides, signsInAtSalesforce } from "./stage/consent.mjs";
import * as console from "./stage/console.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { CONSUMER_KEY, startSalesforce } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";

const OF_CRM = "/crm/salesforce";

let older;
let newer;
let linecard;
let admin;
let page;
let api;

before(async () => {
  [older, newer, linecard] = await Promise.all([
    startSalesforce("connected-app"),
    startSalesforce("external-client-app"),
    startLinecard(),
  ]);
  const browser = await openBrowser();
  admin = await browser.person("admin", { permissions: ["clipboard-read", "clipboard-write"] });
  page = await admin.opens(linecard.setUpLink);
  await console.setsUp(page);
  api = new Api(linecard.home, admin.context);
});

story("a1 there is a tile for each CRM, none of them connected at first", async () => {
  await console.goesTo(page, "CRM");
  const names = ["Salesforce", "Zoho CRM", "Bitrix24", "HubSpot"];
  const tiles = page.locator(".lc-tile");
  assert.deepEqual(await tiles.getByRole("heading").allTextContents(), names);
  assert.equal(await tiles.getByText("Not connected", { exact: true }).count(), names.length);
  const listed = await api.read("/crm");
  assert.deepEqual(
    listed.map(({ name, status }) => [name, status]),
    names.map((name) => [name, "not_connected"]),
  );
});

story("a7 the steps beside the form name what to click and show what to paste", async () => {
  const { redirect_uri, scopes } = await api.read(OF_CRM);
  const clicks = {
    salesforce: ["Setup > Platform Tools > Apps > App Manager", redirect_uri, scopes.join(" ")],
    zoho: ["Server-based Applications", `${linecard.home}/integration/callback/api/crm/zoho/`],
    bitrix24: ["Applications > Developer resources", "Users (user) and CRM (crm)"],
    hubspot: ["Development > Keys > Service keys", "crm.objects.contacts.write"],
  };
  for (const [kind, words] of Object.entries(clicks)) {
    await page.goto(`${linecard.home}/integrations/crm/${kind}`);
    const steps = page.locator(".lc-steps");
    for (const text of words) await steps.getByText(text).first().waitFor();
  }
});

story("c3 Bitrix24's steps say how to switch its own dialling off", async () => {
  await page.goto(`${linecard.home}/integrations/crm/bitrix24`);
  const step = page.locator(".lc-steps li", { hasText: "calls through Linecard" });
  for (const words of [
    "CRM settings > Other > Other settings > Format",
    "callto link format to Custom",
    "empty both the URL template and the click handler",
  ]) {
    await step.getByText(words).waitFor();
  }
});

story("a8 the redirect URI is copied by a button", async () => {
  await page.goto(`${linecard.home}/integrations/crm/salesforce`);
  await page.locator("form").getByRole("button", { name: "Copy: Redirect URI" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `${linecard.home}/integration/callback/api/crm/salesforce/`);
  assert.equal(copied, (await api.read(OF_CRM)).redirect_uri);
});

story("a5 only the scopes that are needed are asked for, each with its reason", async () => {
  const { scopes } = await api.read(OF_CRM);
  assert.deepEqual(scopes, ["api", "refresh_token"]);
  await page.getByText("Look up callers and write calls through the API (api)").waitFor();
  await page.getByText("Stay connected while nobody is signed in").waitFor();
  await page.getByText("“Full access” and “web” are not needed.").waitFor();
});

story("a9 another home address is picked, and the CRM is given its redirect URI", async () => {
  const other = linecard.home.replace("127.0.0.1", "localhost");
  const organisation = await api.read("/organisation");
  const homes = [...organisation.home_addresses, other];
  await api.send("/organisation", { ...organisation, home_addresses: homes }, "PUT");
  await page.reload();
  await page.getByRole("combobox", { name: "Home address" }).click();
  await page.getByRole("option", { name: new RegExp(`^${other}`) }).click();
  const redirect = `${other}/integration/callback/api/crm/salesforce/`;
  assert.equal(await page.getByRole("textbox", { name: "Redirect URI" }).inputValue(), redirect);
  await fillsIn(older);
  const tab = await console.authorizes(admin, page);
  await tab.waitForURL(`${older.address}/**`);
  assert.equal(asked(tab).get("redirect_uri"), redirect);
  assert.equal((await api.read(OF_CRM)).redirect_uri, redirect);
  await tab.close();
  await page.getByRole("button", { name: "Stop waiting" }).click();
  await page.getByRole("combobox", { name: "Home address" }).click();
  await page.getByRole("option", { name: new RegExp(`^${linecard.home}`) }).click();
});

story(
  "a10 saving keeps key and secret, and opens the CRM's consent page in a new tab",
  async () => {
    const tab = await console.authorizes(admin, page);
    await tab.waitForURL(`${older.address}/services/oauth2/authorize?**`);
    assert.equal(asked(tab).get("client_id"), CONSUMER_KEY);
    assert.equal(asked(tab).get("scope"), "api refresh_token");
    const { settings, secrets } = await api.read(OF_CRM);
    assert.deepEqual([settings.client_id, secrets.client_secret], [CONSUMER_KEY, "set"]);
    await page.getByText("Waiting for your consent in the other tab").waitFor();
    await tab.close();
    await page.getByRole("button", { name: "Stop waiting" }).click();
  },
);

story("a3 salesforce is joined through a connected app", async () => {
  await joins(older);
  const { status, organisation, user } = await api.read(OF_CRM);
  const [{ Id }] = await older.records("Organization");
  const ada = await older.record("User", "Email", "admin@example.com");
  assert.deepEqual([status, organisation, user], ["connected", Id, ada.Id]);
  await api.send(OF_CRM, null, "DELETE");
});

story("a4 salesforce is joined through an external client app, whose tokens change", async () => {
  await joins(newer);
  for (const _ of [1, 2]) {
    await newer.manages("POST", "tokens/expire");
    const { checks } = await api.send(`${OF_CRM}/probe`);
    assert.ok(checks.every(({ allowed }) => allowed));
  }
  assert.equal((await api.read(OF_CRM)).status, "connected");
});

story("a6 consent is asked with PKCE, whether the app requires it or not", async () => {
  for (const [salesforce, required] of [
    [older, false],
    [newer, true],
  ]) {
    const { version, settings } = await api.read(OF_CRM);
    const changed = { ...settings, login_url: salesforce.address };
    const home_address = linecard.home;
    await api.send(OF_CRM, { settings: changed, home_address, version }, "PUT");
    const url = new URL((await api.send(`${OF_CRM}/authorize`)).url);
    assert.equal(url.searchParams.get("code_challenge_method"), "S256");
    assert.match(url.searchParams.get("code_challenge"), /^[\w-]{43}$/);
    url.searchParams.delete("code_challenge");
    url.searchParams.delete("code_challenge_method");
    const without = await fetch(url, { redirect: "manual" });
    const refusal = without.headers.get("location") ?? "";
    assert.equal(refusal.includes("error="), required, `${salesforce.address} ${refusal}`);
  }
});

story("a13 the list of rights has a tick for each, or the CRM's own refusal", async () => {
  await page.goto(`${linecard.home}/integrations/crm/salesforce`);
  await page.getByText("Everything Linecard needs is allowed.").waitFor();
  await newer.setsUp({ hidden_objects: ["Lead"] });
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByText("Salesforce refuses a part of what Linecard needs.").waitFor();
  const { checks } = (await api.read(OF_CRM)).probe;
  const refused = checks.filter(({ allowed }) => !allowed);
  assert.ok(refused.some(({ ability }) => ability === "read_leads"));
  const line = page.locator(".lc-checks > li").filter({ hasText: "Read leads" });
  await line.getByRole("img", { name: "refused" }).waitFor();
  assert.deepEqual(refused[0].advice, { code: "right_read", about: "Lead" });
  await line.getByText("The user who signed in may not read Lead records.").waitFor();
  const good = checks.length - refused.length;
  assert.equal(
    await page.locator(".lc-checks").getByRole("img", { name: "allowed" }).count(),
    good,
  );
  await newer.setsUp({ hidden_objects: [] });
});

story("a12 the status says what is wrong, and is good again after signing in", async () => {
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByText("Everything Linecard needs is allowed.").waitFor();
  await page.getByText("Connected", { exact: true }).first().waitFor();
  await newer.revokes();
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByText("Needs attention", { exact: true }).waitFor();
  await page.getByText("The sign-in is no longer valid.").waitFor();
  const { status, problem } = await api.read(OF_CRM);
  assert.deepEqual([status, problem.what], ["needs_attention", "sign_in"]);
  await console.goesTo(page, "CRM");
  await page.locator(".lc-tile").getByText("Needs attention", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Salesforce" }).click();
  const tab = await console.authorizes(admin, page);
  await decides(tab, "Allow");
  await tab.close();
  await page.getByRole("dialog").getByRole("button", { name: "OK" }).click();
  await page.getByText("Connected", { exact: true }).first().waitFor();
  assert.equal((await api.read(OF_CRM)).status, "connected");
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(admin.faults, []);
});

function asked(tab) {
  return new URL(tab.url()).searchParams;
}

async function fillsIn(salesforce) {
  await page.getByLabel("Sign-in address", { exact: true }).fill(salesforce.address);
  await page.getByLabel("Consumer key", { exact: true }).fill(CONSUMER_KEY);
  await page.getByLabel("Consumer secret", { exact: true }).fill("stand-in-consumer-secret");
}

/** From the page of a Salesforce that is not connected until it is. */
async function joins(salesforce) {
  await page.goto(`${linecard.home}/integrations/crm/salesforce`);
  await fillsIn(salesforce);
  const tab = await console.authorizes(admin, page);
  await signsInAtSalesforce(tab);
  await decides(tab, "Allow");
  await tab.getByText("Authorization succeeded!").waitFor();
  await tab.close();
  const result = page.getByRole("dialog", { name: "Salesforce is connected" });
  await result.getByRole("button", { name: "OK" }).click();
}
