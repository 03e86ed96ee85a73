// Takes the pictures of the docs' chapters, docs/images/pages: every page of the Console and Desk in
// both languages, by `npm run pictures` in web/.

import assert from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { routes } from "./stage/addresses.mjs";
import { Api } from "./stage/api.mjs";
import { bindsProgram, CONSENT_PAGE, CONSENT_PAGE_OF_COMPANION } from "./stage/bound_program.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo, startLinecard } from "./stage/linecard.mjs";
import { CHECKOUT } from "./stage/program.mjs";
import { isStill } from "./stage/still.mjs";

const FOLDER = join(CHECKOUT, "docs/images/pages");
const LIST = join(CHECKOUT, "docs/pictures.md");
const HEAD = [
  "# Every page, in both languages",
  "",
  "Made by `npm run pictures` in `web/`, from the demo.",
  "",
  "| page | English | 简体中文 |",
  "|---|---|---|",
];
const LANGUAGES = ["en", "zh-CN"];
const BEFORE_SIGN_IN = ["/sign-in", "/set-up"];
/** A page is shown to this depth, in CSS pixels. */
const DEEPEST = 1_600;
/** Of WebP, 0 to 100: letters stay sharp, and all pictures together have some MB. */
const QUALITY = 72;

/** The picture's name, and where it is taken. */
const PAGES = [
  ["home", "/"],
  ["calls", "/calls"],
  ["not-written", "/calls/not-written"],
  ["figures", "/figures"],
  ["explain", "/explain?number=%2B14155550134"],
  ["phone-system", "/phone-system"],
  ["extensions", "/extensions"],
  ["phonebooks", "/contacts"],
  ["duplicates", "/contacts/duplicates"],
  ["crms", "/integrations/crm"],
  ["crm-connection", "/integrations/crm/salesforce"],
  ["crm-users", "/integrations/crm/salesforce?part=users"],
  ["crm-journal", "/integrations/crm/salesforce?part=journal"],
  ["crm-contacts", "/integrations/crm/salesforce?part=contacts"],
  ["crm-sync", "/integrations/crm/salesforce?part=sync"],
  ["crm-connect-zoho", "/integrations/crm/zoho"],
  ["crm-connect-bitrix24", "/integrations/crm/bitrix24"],
  ["crm-connect-hubspot", "/integrations/crm/hubspot"],
  ["health", "/health"],
  ["settings", "/settings"],
  ["people", "/settings/people"],
  ["single-sign-on", "/settings/single-sign-on"],
  ["duty", "/settings/duty"],
  ["audit-log", "/settings/audit-log"],
  ["data", "/settings/data"],
  ["devices", "/settings/devices"],
  ["consent", CONSENT_PAGE],
  ["consent-companion", CONSENT_PAGE_OF_COMPANION],
  ["api-keys", "/settings/api-keys"],
  ["webhooks", "/settings/webhooks"],
  ["mail", "/settings/mail"],
  ["alerts", "/settings/alerts"],
  ["outside-line", "/outside-line"],
];

// Node's test runner, because it stops what was started.
test("the pictures are taken", async () => {
  const demo = await startDemo();
  const browser = await openBrowser();
  const alice = await browser.person("alice");
  const home = await alice.opens(demo.signInLink);
  await home.getByRole("heading", { name: "Home", exact: true }).waitFor();
  const api = new Api(demo.home, alice.context);
  const book = await fills(api);
  await bindsProgram(demo.home, api);
  const desk = await alice.opens(`${demo.home}/desk/`);
  await goesOnDuty(desk);
  await api.send("/demo/calls", { from: "+14155550134", to: "101" });
  await cardIs(desk, "ringing");
  const pages = [
    ...PAGES,
    ["phonebook", `/contacts/${book}`],
    ["import", `/contacts/${book}/import`],
  ];
  const fresh = await startLinecard();
  await leavesNoneOut([...pages.map(([, path]) => path), ...BEFORE_SIGN_IN]);

  await rm(FOLDER, { recursive: true, force: true });
  const storageState = await alice.context.storageState();
  for (const locale of LANGUAGES) {
    await mkdir(join(FOLDER, locale), { recursive: true });
    const looks = { locale, storageState, reducedMotion: "reduce" };
    const reader = await browser.person(`reader-${locale}`, looks);
    for (const [name, path] of [...pages, ["desk", "/desk/"]]) {
      const page = await reader.opens(demo.home + path);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await page.waitForLoadState("networkidle");
      await writeFile(join(FOLDER, locale, `${name}.webp`), await picture(reader, page));
      await page.close();
    }
    const dark = await browser.person(`dark-${locale}`, { ...looks, colorScheme: "dark" });
    const page = await dark.opens(`${demo.home}/`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.waitForLoadState("networkidle");
    await writeFile(join(FOLDER, locale, "home-dark.webp"), await picture(dark, page));
    const stranger = await browser.person(`stranger-${locale}`, { locale });
    const door = await stranger.opens(`${demo.home}/sign-in`);
    await door.getByRole("button").first().waitFor();
    await writeFile(join(FOLDER, locale, "sign-in.webp"), await picture(stranger, door));
    const begin = await stranger.opens(fresh.setUpLink);
    await begin.getByRole("button").first().waitFor();
    await writeFile(join(FOLDER, locale, "set-up.webp"), await picture(stranger, begin));
  }
  await lists();
});

/** A route without a picture is said by its path. */
async function leavesNoneOut(paths) {
  const shows = (route) => {
    const pattern = new RegExp(`^${route.replace(/\$\w+/g, "[^/]+")}$`);
    return paths.some((path) => pattern.test(path.split("?")[0]));
  };
  assert.deepEqual(
    (await routes()).filter((route) => !shows(route)),
    [],
  );
}

/** The page of the docs that shows them all. */
async function lists() {
  const names = (await readdir(join(FOLDER, "en"))).map((file) => file.replace(".webp", "")).sort();
  const shown = (name, locale) => {
    const file = `images/pages/${locale}/${name}.webp`;
    return `[![${name}](${file})](${file})`;
  };
  const rows = names.map((name) => {
    const columns = [name.replaceAll("-", " "), ...LANGUAGES.map((locale) => shown(name, locale))];
    return `| ${columns.join(" | ")} |`;
  });
  await writeFile(LIST, `${[...HEAD, ...rows].join("\n")}\n`);
}

/** The page as far down as it goes, as WebP, which Playwright itself does not write. */
async function picture(person, page) {
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 1280, height: Math.min(Math.max(tall, 800), DEEPEST) });
  await page.evaluate(() => document.fonts.ready);
  await isStill(page);
  const wire = await person.context.newCDPSession(page);
  const shot = { format: "webp", quality: QUALITY };
  const { data } = await wire.send("Page.captureScreenshot", shot);
  return Buffer.from(data, "base64");
}

/** Calls of all kinds, a phonebook with contacts; its id. */
async function fills(api) {
  const callers = ["+14155550134", "+14155550119", "+16285550199", ""];
  for (const [index, from] of [...callers, ...callers].entries()) {
    const to = `10${(index % 5) + 1}`;
    const { call } = await api.send("/demo/calls", { from, to });
    await api.send(`/demo/calls/${call}/hang-up`);
  }
  const { id } = await api.send("/phonebooks", { name: "Suppliers", extensions: ["101"] });
  for (const [name, company, written] of [
    ["Fang Wang", "Acme", "(415) 555-0199"],
    ["王芳", "蓝港物流", "+86 138 0013 8000"],
    ["Jürgen Müller", "Bäckerei Müller", "+49 30 901820"],
    ["Fang Wang", "Acme Trading", "(415) 555-0199"],
  ]) {
    const numbers = [{ slot: "business", written }];
    await api.send(`/phonebooks/${id}/contacts`, { name, company, numbers });
  }
  const url = "http://127.0.0.1:9/hook";
  const hook = { name: "Wallboard", url, events: ["call.ended"], personal: false, enabled: true };
  await api.send("/webhooks", hook);
  await api.send("/api-keys", { name: "Wallboard", role: "supervisor" });
  await eventually("all calls are kept", async () => {
    return (await api.read("/calls")).calls.length === 2 * callers.length;
  });
  return id;
}
