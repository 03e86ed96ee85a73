// The companion on an agent's desktop: signed in once, it opens the caller's page where no Desk is open.
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { openDesktop } from "./stage/companion.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice } from "./stage/office.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134", Maya Torres. */
const MAYA = "+14155550134";

let office;
let desktop;
let companion;

before(async () => {
  [office, desktop] = await Promise.all([openOffice(), openDesktop()]);
});

story("d11 who denies leaves the companion signed out", async () => {
  const refused = await startsAndAnswers("Deny");
  assert.equal(await refused.ended, 1);
  assert.deepEqual(await devices(), []);
});

story("d11 an agent signs the companion in through the default browser", async () => {
  companion = await startsAndAnswers("Allow");
  await companion.says(/^Connected to http:\S+ for .+, extension 101\.$/);
  assert.deepEqual(await devices(), ["Companion on Linux"]);
  const kept = await stat(join(desktop.folder, "state/linecard/companion.json"));
  assert.equal(kept.mode & 0o777, 0o600);
});

story("d11 a second companion of the same person is told that one runs", async () => {
  const second = desktop.companion();
  assert.notEqual(await second.ended, 0);
});

story("d11 the caller's page opens in the default browser, once", async () => {
  await isMaya(await desktop.opens(() => office.phones.calledBy(MAYA, "101")));
  await falls();
  await isMaya(await desktop.opens(() => office.phones.calledBy(MAYA, "101")));
  await falls();
  assert.equal((await pages()).length, 2);
});

story("d11 a companion that is started again stays signed in", async () => {
  await companion.stop();
  companion = desktop.companion();
  await companion.says(/^Connected to /);
  await isMaya(await desktop.opens(() => office.phones.calledBy(MAYA, "101")));
  await falls();
});

story("d11 a companion that an admin has signed out says so and ends", async () => {
  const { page } = office;
  await page.goto(`${office.demo.home}/settings/devices`);
  await page.getByRole("button", { name: /^Sign out: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByText("No device is signed in").waitFor();
  assert.equal(await companion.ended, 3);
  const again = desktop.companion();
  assert.equal(await again.ended, 1);
});

story("d11 signing out on the desktop takes the device back", async () => {
  companion = await startsAndAnswers("Allow");
  await companion.says(/^Connected to /);
  const signOut = desktop.companion("sign-out");
  await signOut.says(/^Signed out of http:/);
  assert.equal(await signOut.ended, 0);
  assert.equal(await companion.ended, 3);
  assert.deepEqual(await devices(), []);
});

/** A companion whose page in the browser was answered so, and has shown how it ended. */
async function startsAndAnswers(deed) {
  let started;
  const asks = await desktop.opens(() => {
    started = desktop.companion("--server", office.demo.home);
  });
  const page = await office.admin.opens(asks);
  await page.getByRole("button", { name: deed, exact: true }).click();
  await page.waitForURL("http://127.0.0.1:*/cb?**");
  const words = deed === "Allow" ? /^Signed in\. You can close this tab/ : /sign-in was refused/;
  await page.getByText(words).waitFor();
  await isAccessible(page, "the end of a sign-in");
  await page.close();
  return started;
}

/** The contacts' pages that were opened so far. */
async function pages() {
  return (await desktop.opened()).filter((url) => !url.includes("/authorize?"));
}

async function isMaya(url) {
  const page = await office.admin.opens(url);
  await page.getByRole("heading", { name: "Maya Torres" }).waitFor();
  await page.close();
}

/** The caller gives up, and everybody knows. */
async function falls() {
  await office.phones.fallSilent();
  await eventually("no call lives", async () => {
    return (await office.api.read("/demo")).calls.length === 0;
  });
}

async function devices() {
  return (await office.api.read("/devices")).map(({ name }) => name);
}
