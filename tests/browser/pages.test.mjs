// Every page of Console and Desk in both languages: no accessibility fault, no script error,
// nothing against the policy, and the language is declared.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { cardIs } from "./stage/desk.mjs";
import { startDemo, startLinecard } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const AXE = new URL("../../web/node_modules/axe-core/axe.min.js", import.meta.url);
const LANGUAGES = ["en", "zh-CN"];
const MAYA = "+14155550134";

const PAGES = [
  "/",
  "/calls",
  "/calls?journal=skipped&reason=not_bound",
  "/figures",
  "/phone-system",
  "/extensions",
  "/contacts",
  "/contacts/nobody",
  "/contacts/nobody/import",
  "/contacts/duplicates",
  "/integrations/crm",
  "/calls/not-written",
  "/explain",
  "/explain?number=%2B14155550134",
  "/integrations/crm/salesforce",
  "/integrations/crm/salesforce?part=users",
  "/integrations/crm/salesforce?part=journal",
  "/integrations/crm/salesforce?part=contacts",
  "/integrations/crm/salesforce?part=sync",
  "/integrations/crm/zoho",
  "/integrations/crm/bitrix24",
  "/integrations/crm/hubspot",
  "/health",
  "/settings",
  "/settings/people",
  "/settings/single-sign-on",
  "/settings/api-keys",
  "/settings/webhooks",
  "/settings/mail",
  "/settings/alerts",
  "/settings/data",
  "/nowhere",
  "/outside-line",
];

/** Path, and the button there that opens the dialog. */
const DIALOGS = [
  ["/", { en: /^Account/, "zh-CN": /^账号/ }],
  ["/integrations/crm/salesforce?part=users", { en: "Auto-bind", "zh-CN": "自动绑定" }],
  ["/integrations/crm/salesforce", { en: "Disconnect", "zh-CN": "取消对接" }],
];

const STRANGERS = ["/sign-in", "/sign-in?token=wrong", "/set-up", "/desk/", "/outside-line"];

/** A colour that fades in is no colour to judge. */
const CALM = { reducedMotion: "reduce" };

let axe;
let demo;
let fresh;
let browser;
let alice;

before(async () => {
  axe = await readFile(AXE, "utf8");
  [demo, fresh] = await Promise.all([startDemo(), startLinecard()]);
  browser = await openBrowser();
  alice = await browser.person("alice");
  const page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  // A phonebook with two contacts that may be the same.
  const { id } = await send("/phonebooks", { name: "Suppliers", extensions: ["101"] });
  for (const name of ["王芳 Wang Fang", "Fang Wang of a company whose name goes on and on"]) {
    await send(`/phonebooks/${id}/contacts`, {
      name,
      company: "Acme",
      numbers: [
        { slot: "business", written: "(415) 555-0199" },
        { slot: "other", written: "12345" },
      ],
    });
  }
  PAGES.push(`/contacts/${id}`);
  DIALOGS.push(
    ["/contacts", { en: "New phonebook", "zh-CN": "新建电话簿" }],
    [`/contacts/${id}`, { en: "王芳 Wang Fang", "zh-CN": "王芳 Wang Fang" }],
    ["/contacts/duplicates", { en: /^Merge/, "zh-CN": /^合并/ }],
  );
  // A call in the lists: missed, and another that still rings.
  const desk = await alice.opens(`${demo.home}/desk/`);
  const call = await ring();
  await cardIs(desk, "ringing");
  await send(`/demo/calls/${call}/hang-up`);
  await cardIs(desk, "ended");
  await desk.close();
  await ring();
});

for (const language of LANGUAGES) {
  story(`pages in ${language} are accessible and hold to their policy`, async () => {
    const reader = await person(`reader-${language}`, language);
    for (const path of PAGES) await holds(reader, path, await reader.opens(demo.home + path));
    assert.deepEqual(reader.faults, []);
  });

  story(`dialogs in ${language} are accessible and hold to their policy`, async () => {
    const reader = await person(`opener-${language}`, language);
    for (const [path, button] of DIALOGS) {
      const page = await reader.opens(demo.home + path);
      await page.getByRole("button", { name: button[language] }).first().click();
      await page.getByRole("dialog").first().waitFor();
      await holds(reader, `${path} ${button[language]}`, page);
    }
    assert.deepEqual(reader.faults, []);
  });

  story(`desk in ${language} is accessible while it rings`, async () => {
    const reader = await person(`agent-${language}`, language);
    const desk = await reader.opens(`${demo.home}/desk/`);
    await cardIs(desk, "ringing");
    await holds(reader, "/desk/", desk);
    assert.deepEqual(reader.faults, []);
  });

  story(`pages before the sign-in in ${language} are accessible`, async () => {
    const stranger = await browser.person(`stranger-${language}`, { ...CALM, locale: language });
    for (const path of STRANGERS) {
      await holds(stranger, path, await stranger.opens(demo.home + path));
    }
    await holds(stranger, "/set-up", await stranger.opens(fresh.setUpLink));
    assert.deepEqual(stranger.faults, []);
  });
}

story("the language is switched in the account menu, and stays", async () => {
  const reader = await person("switcher", "en");
  const page = await reader.opens(`${demo.home}/`);
  await page.getByRole("button", { name: "Account: Alice Adams" }).click();
  await page.getByText("简体中文", { exact: true }).click();
  await page.getByRole("heading", { name: "首页", level: 1 }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "首页", level: 1 }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  const desk = await reader.opens(`${demo.home}/desk/`);
  await desk.getByText("来电").first().waitFor();
  await page.getByRole("button", { name: "账号: Alice Adams" }).click();
  await page.getByText("English", { exact: true }).click();
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.deepEqual(reader.faults, []);
});

/** Alice, with a browser that asks for this language. */
async function person(name, locale) {
  return browser.person(name, {
    ...CALM,
    locale,
    storageState: await alice.context.storageState(),
  });
}

/** The page is there, in its language, and axe finds nothing. */
async function holds(reader, what, page) {
  await page.getByRole("heading").first().waitFor();
  // Playwright's own evaluation is not bound by the page's policy.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return {
      lang: document.documentElement.lang,
      violations: violations.map(({ id, nodes }) => [
        id,
        ...nodes.map(({ target }) => `${target}`),
      ]),
    };
  });
  assert.deepEqual(found.violations, [], what);
  assert.equal(reader.name.endsWith(found.lang), true, `${what} declares ${found.lang}`);
  for (const tab of reader.context.pages()) await tab.close();
}

async function ring() {
  return (await send("/demo/calls", { from: MAYA, to: "101" })).call;
}

async function send(path, body = {}) {
  const answer = await alice.context.request.post(`${demo.home}/api/v1${path}`, {
    data: body,
    headers: { "X-Linecard": "1" },
  });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}
