// Every page of Console and Desk full of data, in both languages, light, dark and on a telephone: no
// accessibility fault, no script error, nothing against the policy, and the language is declared.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before } from "node:test";
import { addresses } from "./stage/addresses.mjs";
import { bindsProgram, CONSENT_PAGE } from "./stage/bound_program.mjs";
import { cardIs } from "./stage/desk.mjs";
import { openFullOffice } from "./stage/full_office.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { isStill } from "./stage/still.mjs";
import { story } from "./stage/story.mjs";

const AXE = new URL("../../web/node_modules/axe-core/axe.min.js", import.meta.url);
const LANGUAGES = ["en", "zh-CN"];
const TELEPHONE = { width: 390, height: 844 };

const STRANGERS = [
  "/sign-in",
  "/authorize?client_id=chrome",
  "/sign-in?token=wrong",
  "/set-up",
  "/desk/",
  "/outside-line",
];

/** A colour that fades in is no colour to judge. */
const CALM = { reducedMotion: "reduce" };

let axe;
let office;
let demo;
let fresh;
let browser;
let state;
let pages;
let dialogs;

before(async () => {
  axe = await readFile(AXE, "utf8");
  [office, fresh] = await Promise.all([openFullOffice(), startLinecard()]);
  ({ demo, browser } = office);
  state = await office.admin.context.storageState();
  await bindsProgram(demo.home, office.api);
  pages = [...(await addresses(office)), CONSENT_PAGE];
  dialogs = [
    ["/", { en: /^Account/, "zh-CN": /^账号/ }],
    ["/integrations/crm/salesforce?part=users", { en: "Auto-bind", "zh-CN": "自动绑定" }],
    ["/integrations/crm/salesforce", { en: "Disconnect", "zh-CN": "取消对接" }],
    ["/contacts", { en: "New phonebook", "zh-CN": "新建电话簿" }],
    [`/contacts/${office.book}`, { en: "王芳 Wang Fang", "zh-CN": "王芳 Wang Fang" }],
    ["/contacts/duplicates", { en: /^Merge/, "zh-CN": /^合并/ }],
    ["/settings/people", { en: /^Invite/, "zh-CN": /^邀请/ }],
    ["/settings/webhooks", { en: "Log", "zh-CN": "日志" }],
    ["/settings/webhooks", { en: "Add an endpoint", "zh-CN": "添加接收地址" }],
    ["/settings/api-keys", { en: "Make a key", "zh-CN": "创建密钥" }],
    ["/extensions", { en: "Add extension", "zh-CN": "添加分机" }],
    ["/extensions", { en: "Add group", "zh-CN": "添加分机组" }],
    ["/settings/devices", { en: /^Sign out: /, "zh-CN": /^退出登录/ }],
    ["/desk/", { en: "Sound", "zh-CN": "声音" }],
  ];
  // Desk shows a call that rings.
  await office.phones.calledBy("+14155550134", "101");
});

for (const language of LANGUAGES) {
  story(`pages in ${language} are accessible and hold to their policy`, async () => {
    const reader = await person(`reader-${language}`, language);
    const wrong = {};
    for (const path of pages) {
      const page = await reader.opens(demo.home + path);
      await page.waitForLoadState("networkidle");
      Object.assign(wrong, await faults(reader, path, page));
    }
    assert.deepEqual(wrong, {});
    assert.deepEqual(reader.faults, []);
  });

  story(`calls in ${language} are accessible with all that is told of them`, async () => {
    const reader = await person(`caller-${language}`, language);
    const page = await reader.opens(`${demo.home}/calls`);
    for (const row of await page.locator(".lc-call").all()) await row.click();
    await page.waitForLoadState("networkidle");
    await holds(reader, "/calls, all open", page);
    assert.deepEqual(reader.faults, []);
  });

  story(`dialogs in ${language} are accessible and hold to their policy`, async () => {
    const reader = await person(`opener-${language}`, language);
    const wrong = {};
    for (const [path, button] of dialogs) {
      const page = await reader.opens(demo.home + path);
      await page.getByRole("button", { name: button[language] }).first().click();
      await page.getByRole("dialog").first().waitFor();
      Object.assign(wrong, await faults(reader, `${path} ${button[language]}`, page));
    }
    assert.deepEqual(wrong, {});
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
function person(name, locale) {
  return browser.person(name, { ...CALM, locale, storageState: state });
}

async function holds(reader, what, page) {
  assert.deepEqual(await faults(reader, what, page), {});
}

/** What is wrong with the page by day, by night or on a telephone, under its name; then it closes. */
async function faults(reader, what, page) {
  await page.getByRole("heading").first().waitFor();
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
  // Playwright's own evaluation is not bound by the page's policy.
  await page.evaluate(axe);
  const lang = await page.locator("html").getAttribute("lang");
  assert.ok(reader.name.endsWith(lang), `${what} declares ${lang}`);
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  await isStill(page);
  const dark = await violations(page);
  await page.setViewportSize(TELEPHONE);
  await isStill(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  for (const tab of reader.context.pages()) await tab.close();
  if (light.length + dark.length === 0 && width <= TELEPHONE.width) return {};
  return { [what]: { light, dark, width } };
}

function violations(page) {
  return page.evaluate(async () => {
    const found = await window.axe.run();
    return found.violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => `${target}`)]);
  });
}
