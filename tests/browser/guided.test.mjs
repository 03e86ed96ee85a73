// From an empty data folder to the first call written in the CRM, by the pages alone, at a real
// Asterisk with 80 extensions, for each CRM; clicks, fields and seconds are counted and told.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { asteriskUp } from "./stage/asterisk.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { decides, signsInAtSalesforce, signsInAtZoho } from "./stage/consent.mjs";
import * as console from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { CONSUMER_KEY, CONSUMER_SECRET, startSalesforce } from "./stage/salesforce.mjs";
import { startStandIn } from "./stage/stand_in.mjs";
import { story } from "./stage/story.mjs";
import { tally } from "./stage/tally.mjs";

const EXTENSIONS = 80;
/** In each stand-in as "(415) 555-0134". */
const MAYA = "14155550134";
const TALK_SECONDS = 1;

let asterisk;
let browser;
const told = [];

before(async () => {
  [asterisk, browser] = await Promise.all([asteriskUp(EXTENSIONS), openBrowser()]);
});

after(() => {
  process.stdout.write(`${told.join("\n")}\n`);
});

story("salesforce: from an empty folder to the first written call", async () => {
  const salesforce = await startSalesforce();
  await goesThrough("salesforce", "Salesforce", {
    fillsIn: async (page) => {
      await copies(page, "Redirect URI", /\/integration\/callback\/api\/crm\/salesforce\/$/);
      await copies(page, "What Linecard asks for", /^api refresh_token$/);
      await page.getByLabel("Sign-in address", { exact: true }).fill(salesforce.address);
      await page.getByLabel("Consumer key", { exact: true }).fill(CONSUMER_KEY);
      await page.getByLabel("Consumer secret", { exact: true }).fill(CONSUMER_SECRET);
    },
    consents: async (tab) => {
      await signsInAtSalesforce(tab);
      await decides(tab, "Allow");
    },
    written: () => salesforce.tasks(),
  });
  const [task] = await salesforce.tasks();
  const maya = await salesforce.record("Contact", "Name", "Maya Torres");
  const alice = await salesforce.record("User", "Email", "alice@example.com");
  assert.deepEqual([task.WhoId, task.OwnerId], [maya.Id, alice.Id]);
});

story("zoho: from an empty folder to the first written call", async () => {
  const zoho = await startStandIn("zoho");
  await goesThrough("zoho", "Zoho CRM", {
    fillsIn: async (page) => {
      await copies(page, "Home address", /^http/);
      await copies(page, "Redirect URI", /\/integration\/callback\/api\/crm\/zoho\/$/);
      await page.getByRole("combobox", { name: "Data centre" }).click();
      await page.getByRole("option", { name: "Europe (.eu)" }).click();
      await page.getByLabel("Accounts server").fill(zoho.address);
      await page.getByLabel("Zoho CRM address").fill(zoho.address);
      await page.getByLabel("Client ID").fill("1000.STANDIN");
      await page.getByLabel("Client secret", { exact: true }).fill("stand-in-secret");
    },
    consents: async (tab) => {
      await signsInAtZoho(tab);
      await decides(tab, "Accept");
    },
    written: () => zoho.records("Calls"),
  });
  const [call] = await zoho.records("Calls");
  assert.equal(call.Who_Id.name, "Maya Torres");
  assert.equal(call.Owner.email, "alice@example.com");
});

story("bitrix24: from an empty folder to the first written call", async () => {
  const bitrix24 = await startStandIn("bitrix24");
  const { webhook_url: webhook } = await bitrix24.manages("POST", "sessions", {});
  await goesThrough("bitrix24", "Bitrix24", {
    fillsIn: (page) => page.getByLabel("Inbound webhook URL").fill(webhook),
    written: () => bitrix24.records("activity"),
  });
  const [activity] = await bitrix24.records("activity");
  const alice = (await bitrix24.records("user")).find(({ EMAIL }) => EMAIL === "alice@example.com");
  assert.equal(activity.RESPONSIBLE_ID, alice.ID);
});

story("hubspot: from an empty folder to the first written call", async () => {
  const hubspot = await startStandIn("hubspot");
  await goesThrough("hubspot", "HubSpot", {
    fillsIn: async (page) => {
      await copies(page, "What Linecard asks for", /crm\.objects\.contacts\.write/);
      await page.getByLabel("Service key").fill("stand-in-service-key");
      await page.getByLabel("HubSpot's API").fill(hubspot.address);
    },
    written: () => hubspot.records("calls"),
  });
  const [call] = await hubspot.records("calls");
  assert.match(call.properties.hs_call_body, /Maya Torres/);
});

/** All of it in the pages: set-up, phone system, extensions, CRM, users; then a call. */
async function goesThrough(kind, name, { fillsIn, consents, written }) {
  const linecard = await startLinecard();
  const admin = await browser.person(kind);
  await admin.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const done = await tally(admin.context);
  const from = Date.now();

  const page = await admin.opens(linecard.setUpLink);
  await console.setsUp(page);
  await addsAsterisk(page);
  await console.goesTo(page, "Extensions");
  await page.getByRole("button", { name: "Fetch from the phone system" }).click();
  await page.getByRole("row").nth(EXTENSIONS).waitFor();

  await console.goesTo(page, "CRM");
  await page.getByRole("link", { name }).click();
  await fillsIn(page);
  if (consents) {
    const tab = await console.authorizes(admin, page);
    await consents(tab);
    await tab.getByText("Authorization succeeded!").waitFor();
    await tab.close();
  } else {
    await page.getByRole("button", { name: "Save and connect" }).click();
  }
  const result = page.getByRole("dialog", { name: `${name} is connected` });
  await result.getByRole("button", { name: "Bind users" }).click();
  await console.autoBinds(page);

  const phone = await asterisk.answers("101", TALK_SECONDS);
  const outside = asterisk.calls("trunk", "5551000", { number: MAYA });
  await Promise.all([phone.finish(), outside.finish()]);
  const entries = await eventually(`the call is written in ${name}`, async () => {
    const all = await written();
    return all.length > 0 && all;
  });
  const seconds = ((Date.now() - from) / 1000).toFixed(1);
  told.push(`${kind}: ${done.clicks} clicks, ${done.fields} fields, ${seconds} s`);

  assert.equal(entries.length, 1);
  await saysWhatIsAllowed(page, name);
  await console.goesTo(page, "Calls");
  await page.getByRole("listitem").first().getByText("Written", { exact: true }).first().waitFor();
  assert.deepEqual(admin.faults, []);
  await admin.context.close();
}

/** What the form proposes is right but for the port, the secret and the phones 201 and 202. */
async function addsAsterisk(page) {
  const { ami_port: port, ami_secret: secret } = asterisk.facts;
  await console.goesTo(page, "Phone system");
  await page.getByRole("button", { name: "Connect an Asterisk" }).click();
  await page.getByLabel("Port", { exact: true }).fill(String(port));
  await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByLabel("Own phones").fill(String.raw`PJSIP/[12]\d\d`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Connected", { exact: true }).waitFor();
}

/** Clicks the copy button in the steps; what is copied is what it should be. */
async function copies(page, label, wanted) {
  await page
    .getByRole("listitem")
    .getByRole("button", { name: `Copy: ${label}` })
    .click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), wanted);
}

/** The check list of rights, made when the CRM was connected: a tick everywhere. */
async function saysWhatIsAllowed(page, name) {
  await page.getByRole("tab", { name: "Connection" }).click();
  await page.getByText("Everything Linecard needs is allowed.").waitFor();
  const ticks = page.getByRole("main").getByRole("img", { name: "allowed" });
  assert.ok((await ticks.count()) > 3, `${name}'s list of rights`);
}
