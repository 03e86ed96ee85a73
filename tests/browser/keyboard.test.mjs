// Everything by keyboard alone: each page is walked by Tab, and what people do most is done without
// any mouse.
import assert from "node:assert/strict";
import { before } from "node:test";
import { addresses } from "./stage/addresses.mjs";
import { Api } from "./stage/api.mjs";
import { cardIs } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openFullOffice } from "./stage/full_office.mjs";
import { hasFocus, tabsTo, walks } from "./stage/keyboard.mjs";
import { story } from "./stage/story.mjs";
import { tally } from "./stage/tally.mjs";

const PASSWORD = "correct horse battery";
/** What fades in is seen at once. */
const CALM = { reducedMotion: "reduce" };

let office;
let api;
let ada;
let page;
let done;

before(async () => {
  office = await openFullOffice();
  ({ api } = office);
  await api.send("/session/password", { password: PASSWORD }, "PUT");
  ada = await office.browser.person("ada", CALM);
  done = await tally(ada.context);
  page = await ada.context.newPage();
});

story("one signs in by keyboard", async () => {
  await page.goto(`${office.demo.home}/sign-in`);
  await tabsTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type("alice@example.com");
  await tabsTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  const { account } = await new Api(office.demo.home, ada.context).read("/session");
  assert.equal(account.email, "alice@example.com");
});

story("the first Tab leads past the navigation to the content", async () => {
  await page.reload();
  await tabsTo(page, page.getByRole("link", { name: "Skip to the content" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
});

story("every page of the navigation is opened by keyboard", async () => {
  const links = page.getByRole("navigation").locator("a:not([target])");
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(paths.length > 15, `${paths}`);
  for (const path of paths) {
    await tabsTo(page, page.getByRole("navigation").locator(`a[href="${path}"]`));
    await page.keyboard.press("Enter");
    await page.waitForURL(office.demo.home + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
});

story("somebody is invited by keyboard, and the focus comes back to the button", async () => {
  await page.goto(`${office.demo.home}/settings/people`);
  const button = page.getByRole("button", { name: "Invite a person" });
  await tabsTo(page, button);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Invite a person" });
  await dialog.waitFor();
  await tabsTo(page, dialog.getByLabel("Name"));
  await page.keyboard.type("Kay Board");
  await tabsTo(page, dialog.getByLabel("E-mail"));
  await page.keyboard.type("kay@example.com");
  // Of the roles Tab reaches the chosen one, and the arrow keys choose another.
  await tabsTo(page, dialog.getByRole("radio", { checked: true }));
  await page.keyboard.press("ArrowUp");
  // Without a mail there is a link to hand over.
  await tabsTo(page, dialog.getByRole("checkbox"));
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await eventually("Kay is invited", async () => {
    return (await api.read("/accounts")).some(({ email }) => email === "kay@example.com");
  });
  const link = page.getByRole("dialog", { name: "Sign-in link for Kay Board" });
  await tabsTo(page, link.getByRole("button").last());
  await page.keyboard.press("Escape");
  await link.waitFor({ state: "hidden" });
  await eventually("the focus is back", () => hasFocus(button));
});

story("a row's menu opens a dialog by keyboard, and Escape leads back to the row", async () => {
  await page.goto(`${office.demo.home}/extensions`);
  const more = page.getByRole("button", { name: "Edit 102" });
  await tabsTo(page, more);
  await page.keyboard.press("Enter");
  await eventually("the menu has the focus", () => {
    return page.evaluate(() => document.activeElement.closest("[role=menu]") !== null);
  });
  await page.keyboard.press("ArrowDown");
  await eventually("Edit has the focus", () => hasFocus(page.getByRole("menuitem").first()));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Extension 102" });
  await tabsTo(page, dialog.getByLabel("Name"));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await eventually("the focus is back in the row", () => hasFocus(more));
});

story("the parts of a CRM's page and its texts are worked by keyboard", async () => {
  await page.goto(`${office.demo.home}/integrations/crm/salesforce`);
  await tabsTo(page, page.getByRole("tab", { name: "Connection" }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", { name: "Call journal" }).waitFor();
  await tabsTo(page, page.getByLabel("Subject").first());
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("{{Call_Log_Status}} typed");
  await page.keyboard.press("Enter");
  await eventually("the subject is kept", async () => {
    const { subject } = await api.read("/crm/salesforce/journal");
    return subject === "{{Call_Log_Status}} typed";
  });
});

story("desk is worked by keyboard: somebody is found and called, and a note is taken", async () => {
  const desk = await ada.opens(`${office.demo.home}/desk/`);
  const search = desk.getByRole("combobox").first();
  await tabsTo(desk, search);
  await desk.keyboard.type("Maya");
  await desk
    .getByRole("option", { name: /Maya Torres/ })
    .first()
    .waitFor();
  await desk.keyboard.press("Enter");
  await tabsTo(desk, desk.getByRole("button", { name: "Pick up" }));
  await desk.keyboard.press("Enter");
  const call = await eventually("Maya is called", async () => {
    return (await api.read("/demo")).calls[0];
  });
  await office.phones.outsideAnswers(call.call);
  const card = await cardIs(desk, "talking");
  await tabsTo(desk, card.getByRole("button", { name: "Add a note" }));
  await desk.keyboard.press("Enter");
  await eventually("the note has the focus", () => hasFocus(card.getByLabel("Note")));
  await desk.keyboard.type("Calls back on Monday.");
  await tabsTo(desk, card.getByRole("button", { name: "Save" }));
  await desk.keyboard.press("Enter");
  await tabsTo(desk, card.getByRole("button", { name: "Hang up" }));
  await desk.keyboard.press("Enter");
  await cardIs(desk, "ended");
  await eventually("the note is in the CRM", async () => {
    const tasks = await office.crm.tasks();
    return tasks.some(({ Description }) => Description.includes("Calls back on Monday."));
  });
  await desk.close();
});

story("all of this took no mouse", () => {
  assert.equal(done.clicks, 0);
  assert.ok(done.fields > 5);
});

story("tab reaches everything on every page and shows where it is", async () => {
  await office.phones.calledBy("+14155550134", "101");
  const wrong = {};
  for (const path of await addresses(office)) {
    await page.goto(office.demo.home + path);
    await page.getByRole("heading").first().waitFor();
    await page.waitForLoadState("networkidle");
    const { missed, unseen, mouseOnly } = await walks(page);
    if (missed.length + unseen.length + mouseOnly.length > 0) {
      wrong[path] = { missed, unseen, mouseOnly };
    }
  }
  assert.deepEqual(wrong, {});
});
