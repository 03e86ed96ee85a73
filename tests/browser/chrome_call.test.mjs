// A click on a number in a page calls it through the extension for Chrome, on a real Asterisk: at Desk's
// softphone where Desk is on duty, else at the desk phone; and the journal names the CRM's record.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { before } from "node:test";
import { isReachable } from "./stage/ami.mjs";
import { Api } from "./stage/api.mjs";
import { asteriskUp } from "./stage/asterisk.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { openChrome } from "./stage/chrome.mjs";
import * as console from "./stage/console.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { isConnected, ownPage, signsIn } from "./stage/device.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { startSalesforce } from "./stage/salesforce.mjs";
import { story } from "./stage/story.mjs";
import { atTheEnd } from "./stage/teardown.mjs";

/** The outside rings for a second before it answers; who hangs up before that talked with nobody. */
const TALK_SECONDS = 4;
/** In the stand-in the number of Maya Torres. */
const PAGE = '<!doctype html><title>CRM</title><a href="tel:+14155550134">(415) 555-0134</a>';

let asterisk;
let salesforce;
let linecard;
let chrome;
let api;
let maya;
let site;
let desk;

before(async () => {
  [asterisk, salesforce, linecard, chrome, site] = await Promise.all([
    asteriskUp(undefined, { softphones: true }),
    startSalesforce(),
    startLinecard(),
    // A microphone that beeps, on the machine on which the phone system is, too.
    openChrome({
      args: [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--allow-loopback-in-peer-connection",
      ],
    }),
    servesThePage(),
  ]);
  const browser = await openBrowser();
  const admin = await browser.person("admin");
  const office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);
  api = new Api(linecard.home, admin.context);
  await console.addsAsterisk(office, asterisk.facts, { softphones: true });
  await office.getByText("Connected", { exact: true }).waitFor();
  await console.goesTo(office, "Extensions");
  await office.getByRole("button", { name: "Fetch from the phone system" }).click();
  await console.names(office, { number: "101", name: "Alice Adams", email: "alice@example.com" });
  await console.names(office, { number: "102", name: "Bob Brown", email: "bob@example.com" });
  await console.connectsSalesforce(admin, office, salesforce);
  await console.goesTo(office, "Extensions");
  desk = await chrome.opens(await console.invites(office, "101"));
  await desk.waitForURL("**/desk/");
  assert.deepEqual(await signsIn(chrome, linecard.home), { ok: true });
  const own = await ownPage(chrome);
  await isConnected(own);
  await own.close();
  maya = await salesforce.record("Contact", "Name", "Maya Torres");
});

story("c2 a click calls at the softphone of a Desk on duty, and the call is Maya's", async () => {
  await goesOnDuty(desk);
  await eventually("the softphone is registered", () =>
    isReachable(asterisk.facts, "PJSIP/101-web"),
  );
  const outside = await asterisk.answers("trunk");
  await clicksTheNumber();
  const card = await cardIs(desk, "talking");
  // It picked up by itself: nobody answered at the desk phone, which never rang.
  await card.getByRole("button", { name: "Mute" }).waitFor();
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  await isWritten(1);
});

story(
  "c2 with Desk closed a click rings the desk phone first, and the call is Maya's",
  async () => {
    await desk.close();
    await eventually(
      "the softphone is gone",
      async () => !(await isReachable(asterisk.facts, "PJSIP/101-web")),
    );
    const outside = await asterisk.answers("trunk");
    const phone = await asterisk.answers("101", TALK_SECONDS);
    await clicksTheNumber();
    await Promise.all([phone.finish(), outside.finish()]);
    await isWritten(2);
  },
);

async function clicksTheNumber() {
  const page = await chrome.opens(site);
  await page.getByRole("link", { name: "(415) 555-0134" }).click();
}

/** So many calls are written, each of them a call of Alice to Maya; one click is one call. */
async function isWritten(count) {
  const tasks = await eventually("the call is written", async () => {
    const all = await salesforce.tasksWith(maya.Id);
    return all.length >= count && all;
  });
  assert.equal(tasks.length, count);
  const alice = await salesforce.record("User", "Email", "alice@example.com");
  for (const task of tasks) {
    assert.deepEqual([task.CallType, task.OwnerId], ["Outbound", alice.Id]);
    assert.match(task.Description, /Outgoing Call from Alice Adams<101> to Maya Torres</);
  }
  const { calls } = await api.read("/calls");
  assert.equal(calls.length, count);
}

/** Resolves with the page's address. */
async function servesThePage() {
  const server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(PAGE);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  atTheEnd(async () => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}
