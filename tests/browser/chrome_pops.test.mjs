// The extension for Chrome opens the caller's page where no Desk does: with Desk closed, with its
// worker killed, with every window closed.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openChrome } from "./stage/chrome.mjs";
import { calls, isConnected, killsWorker, ownPage, signsIn, state } from "./stage/device.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice } from "./stage/office.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134", Maya Torres. */
const MAYA = "+14155550134";

let office;
let chrome;

before(async () => {
  [office, chrome] = await Promise.all([openOffice(), openChrome()]);
  // Alice of 101 is the admin of the demo: she sits at this Chrome, too.
  const cookies = await office.admin.context.cookies();
  await chrome.context.addCookies(cookies);
});

story("c2 who denies leaves the extension signed out", async () => {
  const answer = await signsIn(chrome, office.demo.home, "Deny");
  assert.equal(answer.ok, false);
  assert.deepEqual(await devices(), []);
});

story("c2 an agent signs the extension in, and the Console lists the device", async () => {
  assert.deepEqual(await signsIn(chrome, office.demo.home), { ok: true });
  const own = await ownPage(chrome);
  await isConnected(own);
  assert.equal((await state(own)).agent.extension, "101");
  assert.deepEqual(
    (await devices()).map(({ name }) => name),
    ["Chrome on Linux"],
  );
  await own.close();
});

story(
  "d11 the caller's page opens with Desk closed, and not in front of what is typed",
  async () => {
    const front = await chrome.opens("about:blank");
    const page = await pops(() => office.phones.calledBy(MAYA, "101"));
    await isMaya(page);
    assert.equal(await front.evaluate(() => document.visibilityState), "visible");
    await falls();
    await page.close();
  },
);

story("d11 the page opens though the worker was killed just before", async () => {
  const own = await ownPage(chrome);
  await killsWorker(chrome, own);
  // Nothing of the extension is open that would wake it: only Chrome's alarm does.
  await own.close();
  const page = await pops(() => office.phones.calledBy(MAYA, "101"));
  await isMaya(page);
  await falls();
  await page.close();
});

story("d11 the page opens in a new window where none is open", async () => {
  const own = await ownPage(chrome);
  await isConnected(own);
  for (const page of chrome.context.pages()) await page.close();
  const page = await pops(() => office.phones.calledBy(MAYA, "101"));
  await isMaya(page);
  await falls();
});

story("c2 a device that an admin has signed out does nothing any more", async () => {
  const own = await ownPage(chrome);
  await isConnected(own);
  const { page } = office;
  await page.goto(`${office.demo.home}/settings/devices`);
  await page.getByRole("button", { name: /^Sign out: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByText("No device is signed in").waitFor();
  await eventually("the extension knows it", async () => (await state(own)).link !== "up");
  const before = await dialled();
  const answer = await calls(own, MAYA);
  assert.equal(answer.ok, false);
  assert.deepEqual(await dialled(), before);
  await eventually("the extension has forgotten who it was", async () => {
    return (await state(own)).agent === null;
  });
  await own.getByText("Linecard has ended this browser's sign-in").waitFor();
});

/** The page that opens in Chrome while `deed` is done. */
async function pops(deed) {
  const page = chrome.context.waitForEvent("page", { timeout: 60_000 });
  await deed();
  return page;
}

async function isMaya(page) {
  await page.getByRole("heading", { name: "Maya Torres" }).waitFor();
}

/** The caller gives up, and everybody knows. */
async function falls() {
  await office.phones.fallSilent();
  await eventually("no call lives", async () => {
    return (await office.api.read("/demo")).calls.length === 0;
  });
}

function devices() {
  return office.api.read("/devices");
}

/** The calls by click that the audit log knows. */
async function dialled() {
  const { entries } = await office.api.read("/audit");
  return entries.filter(({ kind }) => kind === "dial").map(({ id }) => id);
}
