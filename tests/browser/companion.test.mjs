// The companion on an agent's desktop: signed in once, it opens the caller's page and says who calls, where
// no Desk is open.
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { openDesktop } from "./stage/companion.mjs";
import { cardIs, chooses } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startNotifications } from "./stage/notifications.mjs";
import { openOffice } from "./stage/office.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134", Maya Torres. */
const MAYA = "+14155550134";

let office;
let desktop;
let companion;
let notices;

before(async () => {
  [office, notices] = await Promise.all([openOffice(), startNotifications()]);
  desktop = await openDesktop({ DBUS_SESSION_BUS_ADDRESS: notices.address });
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

story(
  "d11 a notification says who calls for as long as it rings, and it is taken away",
  async () => {
    const [shown, closed] = [notices.shown.length, notices.closed];
    await desktop.opens(() => office.phones.calledBy(MAYA, "101"));
    await eventually("it is said who calls", () => notices.title === "Maya Torres is calling");
    await eventually("with company and number", () => {
      return notices.shown.at(-1).body === "Blue Harbor Logistics\n(415) 555-0134";
    });
    assert.equal(notices.shown.at(-1).program, "Linecard");
    assert.equal(notices.closed, closed);
    await office.phones.answers("101");
    await eventually("it is taken away", () => notices.closed > closed);
    await falls();
    assert.ok(notices.shown.length > shown);
  },
);

story(
  "d11 a click on who calls opens the caller's page, once, where none opens by itself",
  async () => {
    await pagesOpen({ mode: "manual", trigger: "ringing" });
    const opened = (await pages()).length;
    await rings();
    assert.equal((await pages()).length, opened);
    const closed = notices.closed;
    await isMayasPage(await clicks(opened));
    await eventually("it is taken away", () => notices.closed > closed);
    await notices.isClicked();
    await falls();
    assert.equal((await pages()).length, opened + 1);
  },
);

story("d11 what a click has opened does not open again when the call is answered", async () => {
  await pagesOpen({ mode: "automatic", trigger: "answered" });
  const opened = (await pages()).length;
  await rings();
  await isMayasPage(await clicks(opened));
  await office.phones.answers("101");
  await falls();
  // The next one opens by itself, and what the call before might have opened stands there by then.
  await desktop.opens(() => office.phones.answered(MAYA, "101"));
  assert.equal((await pages()).length, opened + 2);
});

story("d11 a click leads to Desk where an admin has calls lead to no page", async () => {
  await pagesOpen({ mode: "off", trigger: "ringing" });
  const opened = (await pages()).length;
  await rings();
  assert.equal(await clicks(opened), `${office.demo.home}/desk/`);
  await falls();
  await pagesOpen({ mode: "automatic", trigger: "ringing" });
});

story("d11 with Desk on duty its tab opens the page, and nothing else says who calls", async () => {
  const [shown, opened] = [notices.shown.length, (await pages()).length];
  const desk = await office.admin.opens(`${office.demo.home}/desk/`);
  // The card of the call before may still stand there.
  await chooses(desk, "On duty");
  const tab = await office.admin.newTab(async () => {
    await office.phones.calledBy(MAYA, "101");
    await cardIs(desk, "ringing");
  });
  await tab.getByRole("heading", { name: "Maya Torres" }).waitFor();
  await falls();
  await Promise.all([tab.close(), desk.close()]);
  await startsAnew();
  assert.deepEqual([notices.shown.length, (await pages()).length], [shown, opened]);
});

story("d11 with Desk closed again the companion opens the page", async () => {
  const opened = (await pages()).length;
  await isMaya(await desktop.opens(() => office.phones.calledBy(MAYA, "101")));
  await falls();
  assert.equal((await pages()).length, opened + 1);
});

story("d11 pages open again after the server was started anew", async () => {
  await office.demo.stop();
  await companion.says(/cannot be reached/);
  await office.demo.start();
  await eventually("the companion is back", () => {
    return companion.words.match(/^Connected to /gm).length === 2;
  });
  await isMaya(await desktop.opens(() => office.phones.calledBy(MAYA, "101")));
  await falls();
});

story(
  "d11 a companion that is started again stays signed in, and speaks Chinese where told",
  async () => {
    await startsAnew("--language", "zh-CN");
    await isMaya(await desktop.opens(() => office.phones.calledBy(MAYA, "101")));
    await eventually("it is said in Chinese", () => notices.title === "Maya Torres 来电");
    await falls();
  },
);

story("d11 a companion that an admin has signed out says so and ends", async () => {
  const { page } = office;
  await page.goto(`${office.demo.home}/settings/devices`);
  await page.getByRole("button", { name: /^Sign out: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
  await page.getByText("No device is signed in").waitFor();
  assert.equal(await companion.ended, 3);
  assert.equal(notices.title, "Linecard");
  assert.match(notices.shown.at(-1).body, /退出登录/);
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

/** The companion ends and is started again, with nothing of Alice's connected in between. */
async function startsAnew(...args) {
  await companion.stop();
  await eventually("the server knows that she has left", async () => {
    const { unreachable_agents } = await office.api.read("/health");
    return unreachable_agents.some(
      ({ extension, why }) => extension === "101" && why === "signed_out",
    );
  });
  companion = desktop.companion(...args);
  await companion.says(/^(Connected to|已连接到) http:/);
}

/** An admin chooses whether pages open where no Desk is, and when. */
async function pagesOpen(desktop) {
  const set = await office.api.read("/pop-default");
  await office.api.send("/pop-default", { ...set, desktop }, "PUT");
}

/** Maya calls, and it is said. */
async function rings() {
  const shown = notices.shown.length;
  await office.phones.calledBy(MAYA, "101");
  await eventually("it is said who calls", () => {
    return notices.shown.length > shown && notices.title === "Maya Torres is calling";
  });
}

/** The address that opens after `opened` others upon a click on who calls. */
function clicks(opened) {
  return eventually("the click opens a page", async () => {
    // The desktop may be faster than who waits for the click; only the first counts.
    await notices.isClicked();
    return (await pages())[opened];
  });
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

/** The page that opened by itself before. Desk would show her name, too. */
async function isMayasPage(url) {
  assert.equal(url, (await pages())[0]);
  await isMaya(url);
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
