// An admin makes a backup while a call waits for the CRM. The demo goes on and writes it; the restored
// Linecard sends nothing before it is confirmed, and does not write it again.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo, startRestored } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134". */
const MAYA = "+14155550134";
const PASSWORD = "a password for the demo";
const PASSPHRASE = "correct horse battery staple";

let demo;
let browser;
let api;
let page;
let file;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  const alice = await browser.person("alice");
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  api = new Api(demo.home, alice.context);
  await api.send("/session/password", { password: PASSWORD }, "PUT");
});

story(
  "a backup is made after one's password was asked again, and is in the audit log",
  async () => {
    await demo.salesforce.fails({ kind: "unavailable", times: 1000, target: "writes" });
    const { call } = await api.send("/demo/calls", { from: MAYA, to: "101" });
    await api.send(`/demo/calls/${call}/hang-up`);
    await eventually("a call waits", async () => (await api.read("/crm/salesforce")).waiting === 1);

    await goesTo(page, "Data");
    const card = page.getByRole("region", { name: "Backup" });
    const fill = async (password) => {
      await card.getByLabel("Your password", { exact: true }).fill(password);
      await card.getByLabel("Passphrase for the file", { exact: true }).fill(PASSPHRASE);
      await card.getByLabel("The same passphrase again", { exact: true }).fill(PASSPHRASE);
    };
    await fill("somebody else's password");
    await card.getByRole("button", { name: "Make a backup" }).click();
    await card.getByText("This is not the password you have now.").waitFor();
    const made = async () => (await api.read("/audit")).entries.filter(isBackup).length;
    assert.equal(await made(), 0);

    await fill(PASSWORD);
    const coming = page.waitForEvent("download");
    await card.getByRole("button", { name: "Make a backup" }).click();
    const download = await coming;
    assert.match(download.suggestedFilename(), /^linecard-\d{4}-\d\d-\d\d-\d{4}\.backup$/);
    file = await download.path();
    assert.equal(await made(), 1);
  },
);

story(
  "x6 a restored Linecard sends nothing before it is confirmed, and no call twice",
  async () => {
    await demo.salesforce.recovers();
    await eventually("the demo writes it", async () => (await tasks()) === 1);

    const { home, said } = await startRestored(file, PASSPHRASE);
    assert.match(said, /before an admin confirms it/);
    const admin = await browser.person("admin");
    const restored = new Api(home, admin.context);
    const { account } = await api.read("/session");
    await restored.send("/session", { email: account.email, password: PASSWORD });
    const office = await admin.opens(home);

    const card = office.getByRole("region", { name: "Restored from a backup" });
    await card.getByText("Salesforce").waitFor();
    const salesforce = await restored.read("/crm/salesforce");
    assert.deepEqual([salesforce.problem.what, salesforce.waiting], ["paused", 1]);
    const asked = await demo.salesforce.requestsTo();
    const refused = await restored.tries("/crm/salesforce/users/refresh");
    assert.ok(refused.status >= 400, "the CRM is asked for nothing");
    assert.equal(await demo.salesforce.requestsTo(), asked);

    await card.getByRole("button", { name: "Confirm all" }).click();
    const dialog = office.getByRole("dialog", { name: "Is the other Linecard stopped?" });
    await dialog.getByRole("button", { name: "It is stopped: go on" }).click();
    await card.waitFor({ state: "hidden" });
    await eventually("nothing waits", async () => {
      const { waiting, status } = await restored.read("/crm/salesforce");
      return waiting === 0 && status === "connected";
    });
    assert.equal(await tasks(), 1, "the call stands there once");
    const { entries } = await restored.read("/audit");
    const kinds = entries.map(({ kind }) => kind);
    assert.ok(kinds.includes("backup_restore") && kinds.includes("crm_confirm"), kinds.join());
    assert.deepEqual(admin.faults, []);
  },
);

const isBackup = ({ kind }) => kind === "backup_make";

async function tasks() {
  return (await demo.salesforce.tasks()).length;
}
