// What to do about a CRM's refusal, wherever one is told of: Home, Health, what is not written yet,
// Calls, Explain, alerts, and what was to be undone; in the reader's language (A25, X6, X7, F18).
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "+14155550134";
const STRANGER = "+16285550177";

const NO_API = {
  en: "This edition of Salesforce has no API.",
  "zh-CN": "此 Salesforce 版本没有 API。",
};
const NO_ANSWER = {
  en: "No answer came within 3 seconds.",
  "zh-CN": "3 秒内没有收到应答。",
};
/** Salesforce's own words, in every language. */
const WORDS = "API_DISABLED_FOR_ORG";

let demo;
let alice;
let api;
let page;
let call;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  api = new Api(demo.home, alice.context);
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("a25_x7 home and health say what to do about an edition without api", async () => {
  await demo.salesforce.setsUp({ api_enabled: false });
  call = await isCalled();
  await eventually("Salesforce waits for a person", async () => {
    return (await api.read("/crm/salesforce")).status === "needs_attention";
  });
  await inBothLanguages(async (language) => {
    await page.goto(`${demo.home}/`);
    await isAdvised(page.locator("main").getByRole("listitem"), language);
    await page.goto(`${demo.home}/health`);
    await isAdvised(page.locator("main").getByRole("listitem"), language);
  });
});

story("x6 what waits to be written says what it waits for", async () => {
  await inBothLanguages(async (language) => {
    await page.goto(`${demo.home}/calls/not-written`);
    await page.getByText(language === "en" ? "Waiting" : "等待中", { exact: true }).click();
    await isAdvised(page.locator(".lc-job"), language);
  });
});

story("x6_f18 so do the call itself, and the page that explains it", async () => {
  await inBothLanguages(async (language) => {
    await page.goto(`${demo.home}/calls`);
    await page.locator(".lc-call").first().click();
    await isAdvised(page.locator(".lc-entry"), language);
    await page.goto(`${demo.home}/explain?call=${call}&extension=101`);
    const kept = language === "en" ? "What was kept of this call" : "此通话当时的记录";
    await isAdvised(page.getByRole("region", { name: kept, exact: true }), language);
    await isAdvised(page.getByRole("region", { name: "Salesforce", exact: true }), language);
  });
});

story("x7 so does the list of what people were told of", async () => {
  await eventually("people were told", async () => {
    const { alerts } = await api.read("/alerts");
    return alerts.some((alert) => alert.advice?.code === "edition_without_api");
  });
  await inBothLanguages(async (language) => {
    await page.goto(`${demo.home}/settings/alerts`);
    await isAdvised(page.locator("main"), language);
  });
});

story("f18 a crm that hangs is named in linecard's own words, which are translated", async () => {
  await demo.salesforce.setsUp({ api_enabled: true });
  await inBothLanguages(async (language) => {
    await demo.salesforce.fails({ kind: "delay", times: 1, milliseconds: 8000, target: "reads" });
    await page.goto(`${demo.home}/explain?number=${encodeURIComponent(STRANGER)}&extension=101`);
    const source = page.getByRole("region", { name: "Salesforce", exact: true });
    await source.getByText(NO_ANSWER[language]).waitFor();
    await demo.salesforce.recovers();
  });
});

story("x7 home says what most calls were refused for, and alerts name nobody", async () => {
  await demo.salesforce.fails({ kind: "validation_rule", times: 9 });
  await isCalled();
  let entry;
  await eventually("the entry is refused", async () => {
    [entry] = (await api.read("/calls?limit=1")).calls[0].entries;
    return entry.state === "parked";
  });
  await demo.salesforce.recovers();
  await page.goto(`${demo.home}/`);
  const problem = page.locator("main").getByRole("listitem").filter({ hasText: "refused: 1" });
  await problem.getByText(entry.words).waitFor();
  await problem.getByRole("link").click();
  await page.locator(".lc-job").getByText(entry.words).waitFor();
  let alert;
  await eventually("people were told", async () => {
    const { alerts } = await api.read("/alerts");
    alert = alerts.find(({ kind }) => kind === "entries_refused");
    return alert;
  });
  assert.ok(!alert.words, alert.words);
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** Tells what to do in this language and in no other, and Salesforce's words beside it. */
async function isAdvised(place, language) {
  const told = place.filter({ hasText: NO_API[language] }).first();
  await told.waitFor();
  await told.getByText(WORDS).first().waitFor();
  const other = language === "en" ? "zh-CN" : "en";
  assert.ok(!(await told.innerText()).includes(NO_API[other]), "another language");
}

async function inBothLanguages(tells) {
  for (const language of ["en", "zh-CN"]) {
    await api.send("/session/language", { language }, "PUT");
    await tells(language);
  }
  await api.send("/session/language", { language: "en" }, "PUT");
}

/** Maya calls and gives up; the id of the call. */
async function isCalled() {
  const { call } = await api.send("/demo/calls", { from: MAYA, to: "101" });
  await api.send(`/demo/calls/${call}/hang-up`);
  let kept;
  await eventually("the call is kept", async () => {
    kept = (await api.read("/calls?limit=1")).calls[0];
    return kept?.entries.length > 0;
  });
  return kept.id;
}
