// Somebody is typing, and meanwhile another admin saves, the session ends, or Linecard starts anew:
// the page says so, what was typed is still there, and nothing is overwritten unknowingly.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { ADMIN, setsUp } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { FORMS, MINE, THEIRS } from "./stage/forms.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { startStandIn } from "./stage/stand_in.mjs";
import { story } from "./stage/story.mjs";

let linecard;
let ada;
let boss;
let api;
let theirs;

before(async () => {
  const [started, hubspot, browser] = await Promise.all([
    startLinecard(),
    startStandIn("hubspot"),
    openBrowser(),
  ]);
  linecard = started;
  const { home } = linecard;
  ada = await browser.person("ada");
  const page = await ada.opens(linecard.setUpLink);
  await setsUp(page);
  await page.close();
  api = new Api(home, ada.context);
  const wanted = { name: "Boss", email: "boss@example.com", role: "admin" };
  const { sign_in_link } = await api.send("/accounts", wanted);
  boss = await browser.person("boss");
  const door = await boss.opens(sign_in_link);
  await door.getByRole("heading", { name: "Home", exact: true }).waitFor();
  await door.close();
  theirs = new Api(home, boss.context);
  for (const form of FORMS) await form.arranges(api, { home, hubspot: hubspot.address });
});

for (const form of FORMS) {
  story(`${form.what}: another admin saves first, and is not overwritten unknowingly`, async () => {
    const { page, save } = await typing(form);
    await form.keeps(theirs, THEIRS);
    if (form.polls) await readsAgain(page, form.polls);
    assert.equal(await form.shown(page), MINE);
    await save();
    await page.getByText(/^Boss changed this at .+ What you entered is still here\./).waitFor();
    assert.equal(await form.shown(page), MINE);
    assert.equal(await form.kept(api), THEIRS);
    await page.getByRole("button", { name: "Discard mine and show theirs" }).click();
    await eventually("theirs is shown", async () => (await form.shown(page)) === THEIRS);
    await page.getByText(/^Boss changed this/).waitFor({ state: "detached" });
    assert.equal(await form.kept(api), THEIRS);
    await page.close();
  });

  story(`${form.what}: what another admin saved is overwritten by who wants it`, async () => {
    const { page, save } = await typing(form);
    await form.keeps(theirs, THEIRS);
    await save();
    await page.getByRole("button", { name: "Overwrite with mine" }).click();
    await eventually("mine is kept", async () => (await form.kept(api)) === MINE);
    await page.getByText(/^Boss changed this/).waitFor({ state: "detached" });
    await page.close();
  });

  story(
    `${form.what}: the session ends, and what was typed is saved after signing in`,
    async () => {
      const { page, save } = await typing(form);
      await ada.context.clearCookies();
      await save();
      const dialog = page.getByRole("dialog", { name: "Your session has ended" });
      await dialog.getByLabel("E-mail").fill(ADMIN.email);
      await dialog.getByLabel("Password", { exact: true }).fill(ADMIN.password);
      await dialog.getByRole("button", { name: "Sign in" }).click();
      await dialog.waitFor({ state: "hidden" });
      assert.equal(await form.shown(page), MINE);
      assert.notEqual(await form.kept(api), MINE);
      await save();
      await eventually("mine is kept", async () => (await form.kept(api)) === MINE);
      await page.close();
    },
  );

  story(`${form.what}: linecard starts anew, and what was typed is saved afterwards`, async () => {
    const { page, save } = await typing(form);
    await linecard.stop();
    await save();
    await page.getByText("Linecard does not answer").first().waitFor();
    assert.equal(await form.shown(page), MINE);
    await linecard.start();
    assert.notEqual(await form.kept(api), MINE);
    assert.equal(await form.shown(page), MINE);
    await save();
    await eventually("mine is kept", async () => (await form.kept(api)) === MINE);
    await page.close();
  });
}

story("nobody's page failed", async () => {
  const ofPages = ada.faults.filter((fault) => !fault.includes("ERR_CONNECTION_REFUSED"));
  assert.deepEqual([ofPages, boss.faults], [[], []]);
});

/** Ada at a form with something typed and not saved. */
async function typing(form) {
  await form.keeps(api, form.first);
  const page = await ada.opens(linecard.home + form.page);
  await form.opens?.(page);
  await form.types(page, MINE);
  assert.equal(await form.shown(page), MINE);
  // Straight at the button: a dialog may lie above it by then.
  const save = () =>
    form.within(page).getByRole("button", { name: "Save", exact: true }).dispatchEvent("click");
  return { page, save };
}

/** Waits until the page has read `path` twice: what came first may have been asked for before. */
async function readsAgain(page, path) {
  for (const _ of [1, 2]) {
    const answer = await page.waitForResponse((one) => one.url().endsWith(path));
    await answer.finished();
  }
}
