// Ten tabs of Desk of one agent: one call opens one page of the CRM, whichever tab leads. With the
// extension in the same Chrome, which opens it then; without, also while the leading tab closes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { openChrome } from "./stage/chrome.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { isConnected, ownPage, signsIn } from "./stage/device.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice } from "./stage/office.mjs";
import { story } from "./stage/story.mjs";

const TABS = 10;
const MAYA = { number: "+14155550134", name: "Maya Torres" };
const GRACE = { number: "+14155550178", name: "Grace Kim" };
const EVE = { number: "+31600000001", name: "Eve van Dijk" };
const OLIVIA = { number: "+16465550190", name: "Olivia Chen" };

let office;
let chrome;

before(async () => {
  [office, chrome] = await Promise.all([openOffice(), openChrome()]);
  // Alice of 101 is the admin of the demo: she sits at this Chrome, too.
  await chrome.context.addCookies(await office.admin.context.cookies());
});

story("d11 without the extension one of ten tabs opens the page, one for each call", async () => {
  const alice = await (await openBrowser()).person("alice");
  await alice.context.addCookies(await office.admin.context.cookies());
  const desks = await openDesks(alice.context);
  const opened = watchPages(alice.context);
  await opensOne(opened, MAYA, desks.at(-1));
  await opensOne(opened, GRACE, desks.at(-1));

  // The tab that leads is the one that has been there longest; it closes while the call comes.
  for (const caller of [EVE, OLIVIA, MAYA, GRACE]) {
    const leader = desks.shift();
    await opensOne(opened, caller, desks.at(-1), () => leader.close());
  }
  assert.deepEqual(alice.faults, []);
  await alice.context.close();
});

story("d11 ten tabs and the extension: one page for each call, in all windows", async () => {
  assert.deepEqual(await signsIn(chrome, office.demo.home), { ok: true });
  const own = await ownPage(chrome);
  await isConnected(own);
  await own.close();
  const desks = await openDesks(chrome.context);
  const opened = watchPages(chrome.context);
  await opensOne(opened, MAYA, desks.at(-1));
  await opensOne(opened, GRACE, desks.at(-1));
  await opensOne(opened, EVE, desks.at(-1), () => desks.shift().close());
});

story(
  "d11 the page of a caller that is still there serves again, until the agent goes on in it",
  async () => {
    const desk = chrome.context.pages().findLast((page) => page.url().endsWith("/desk/"));
    const opened = watchPages(chrome.context);
    const page = chrome.context.pages().find((it) => it.url().includes("/Contact/"));
    await page.getByRole("heading", { name: MAYA.name }).waitFor();
    await calls(MAYA, desk);
    assert.deepEqual(opened, []);

    const elsewhere = `${new URL(page.url()).origin}/`;
    await page.goto(elsewhere);
    await opensOne(opened, MAYA, desk);
    assert.equal(page.url(), elsewhere, "the agent's tab was left alone");
    assert.deepEqual(chrome.faults, []);
  },
);

/** The first of them leads. */
async function openDesks(context) {
  const desks = [];
  for (let number = 0; number < TABS; number += 1) {
    const desk = await context.newPage();
    await desk.goto(`${office.demo.home}/desk/`);
    if (number === 0) await goesOnDuty(desk);
    await desk.getByRole("heading", { name: "Ready for calls" }).waitFor();
    desks.push(desk);
  }
  return desks;
}

/** Each tab and window that opens from now on. */
function watchPages(context) {
  const opened = [];
  context.on("page", (page) => opened.push(page));
  return opened;
}

/** A call from `caller` opens exactly one page more, the caller's; seen until after it has ended. */
async function opensOne(opened, caller, desk, meanwhile) {
  const before = opened.length;
  await calls(
    caller,
    desk,
    async () => {
      await eventually(`a page opens for ${caller.name}`, () => opened.length > before);
      await opened.at(-1).getByRole("heading", { name: caller.name }).waitFor();
    },
    meanwhile,
  );
  assert.equal(opened.length, before + 1, "one page");
}

/** Somebody outside calls 101 and gives up, after `rung`. */
async function calls({ number, name }, desk, rung = () => {}, meanwhile = () => {}) {
  await Promise.all([meanwhile(), office.phones.calledBy(number, "101")]);
  const card = await cardIs(desk, "ringing");
  await card.getByText(name, { exact: true }).waitFor();
  await rung();
  await office.phones.fallSilent();
  await cardIs(desk, "ended");
  await eventually("no Desk shows a call that lives", async () => {
    return (await office.api.read("/demo")).calls.length === 0;
  });
}
