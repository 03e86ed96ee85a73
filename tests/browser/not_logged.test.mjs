// Why was my call not logged? Twelve reasons, each made true in the settings, in the CRM or by the
// caller; a call; and the right sentence two clicks away from Home (X12, X6, B8).
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in Salesforce of the demo. */
const MAYA = "+14155550134";
const STRANGER = "+16285550199";

let demo;
let alice;
let api;
let page;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  api = new Api(demo.home, alice.context);
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("a call that nothing stands against is written", async () => {
  const before = (await demo.salesforce.tasks()).length;
  const { entries } = await isCalled(MAYA, "101", ({ state }) => state === "written");
  assert.equal(entries[0].who_name, "Maya Torres");
  assert.equal((await demo.salesforce.tasks()).length, before + 1);
});

/** Reason, sentence, who calls whom, what makes it so and what undoes that. */
const REASONS = [
  ["withheld", "The caller withheld the number.", { from: "" }],
  ["short_code", "The number is a short code, which belongs to nobody.", { from: "911" }],
  ["nobody", "The number belongs to nobody in the CRM.", { from: STRANGER }],
  [
    "not_bound",
    "Extension 104 is not bound to a CRM user.",
    { to: "104", make: () => unbinds("104") },
  ],
  [
    "own_number",
    "The number is one of the company's own.",
    { make: () => excludes({ own: [MAYA] }), undo: () => excludes({ own: [] }) },
  ],
  [
    "never_looked_up",
    "This number is never looked up.",
    {
      make: () => excludes({ never_looked_up: [MAYA] }),
      undo: () => excludes({ never_looked_up: [] }),
    },
  ],
  [
    "never_logged",
    "This number is never written.",
    { make: () => excludes({ never_logged: [MAYA] }), undo: () => excludes({ never_logged: [] }) },
  ],
  [
    "journal_off",
    "The call journal is off.",
    { make: () => journals({ on: false }), undo: () => journals({ on: true }) },
  ],
  [
    "call_type",
    "Calls of this kind are not written.",
    {
      make: () => journals({ types: { incoming: true, outgoing: true, missed: false } }),
      undo: () => journals({ types: { incoming: true, outgoing: true, missed: true } }),
    },
  ],
  [
    "hours",
    "Calls at this time are not written.",
    {
      make: async () => {
        await excludes({ business_hours: [farFromNow()] });
        await journals({ when: "business_hours" });
      },
      undo: async () => {
        await journals({ when: "always" });
        await excludes({ business_hours: [] });
      },
    },
  ],
  [
    "dry_run",
    "Dry run: this would be written.",
    { make: () => agrees({ mode: "dry_run" }), undo: () => agrees({ mode: "live" }) },
  ],
  [
    "refused",
    "The CRM refused the entry.",
    {
      make: () => demo.salesforce.fails({ kind: "validation_rule", times: 9 }),
      undo: () => demo.salesforce.recovers(),
    },
  ],
];

/** What else of the list of features a reason is about. */
const ID = { not_bound: "x12_b8", refused: "x12_x6" };

for (const [reason, sentence, { from = MAYA, to = "101", make, undo }] of REASONS) {
  story(
    `${ID[reason] ?? "x12"} why my call was not logged: ${reason}, two clicks from Home`,
    async () => {
      const before = (await demo.salesforce.tasks()).length;
      await make?.();
      await isCalled(from, to, (entry) => entry.reason === reason);
      assert.equal((await demo.salesforce.tasks()).length, before, "it stands in Salesforce");

      await page.goto(`${demo.home}/`);
      await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
      await goesTo(page, "Calls");
      const row = page.locator(".lc-calls > li").first();
      await row.getByRole("button").first().click();
      await row.getByText(sentence).waitFor();
      await undo?.();
    },
  );
}

story("x12 the list is narrowed to a reason, in words, and the address keeps it", async () => {
  await page.goto(`${demo.home}/calls`);
  await choose("CRM", "Not written");
  await choose("Why not", "Extension not bound");
  const rows = page.locator(".lc-calls > li");
  await eventually("one call is left", async () => (await rows.count()) === 1);
  await rows.getByText("104 Dave Dunn").first().waitFor();
  await page.reload();
  await rows.getByText("104 Dave Dunn").first().waitFor();
  assert.equal(await rows.count(), 1);
  await page.getByRole("button", { name: "Show all calls" }).click();
  await eventually("all calls are there", async () => (await rows.count()) === 13);
});

story("x6 what was refused is written again from the list", async () => {
  await page.goto(`${demo.home}/calls?journal=parked`);
  const before = (await demo.salesforce.tasks()).length;
  await page.locator(".lc-call").first().click();
  // By its key: what is said about the call comes in meanwhile and moves the button.
  await page.getByRole("button", { name: "Try again" }).first().press("Enter");
  await eventually("the call stands in Salesforce", async () => {
    return (await demo.salesforce.tasks()).length === before + 1;
  });
});

story("no page of all this failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

/** Somebody calls and gives up; the call as it is kept once its entry is as wanted. */
async function isCalled(from, to, isDecided) {
  const known = await newest();
  const { call } = await api.send("/demo/calls", { from, to });
  await api.send(`/demo/calls/${call}/hang-up`);
  await eventually("the call is kept, and it is decided what becomes of it", async () => {
    const kept = await newest();
    return kept && kept.id !== known?.id && kept.entries.some(isDecided);
  });
  return newest();
}

async function newest() {
  const { calls } = await api.read("/calls?limit=1");
  return calls[0];
}

async function unbinds(extension) {
  const { users } = await api.read("/crm/salesforce/users");
  const bindings = users.flatMap(({ id, extensions }) =>
    extensions
      .filter((bound) => bound !== extension)
      .map((bound) => ({ crm_user: id, extension: bound })),
  );
  await api.send("/crm/salesforce/bindings", { bindings }, "PUT");
}

async function excludes(changed) {
  const organisation = await api.read("/organisation");
  const exclusions = { ...organisation.exclusions, ...changed };
  await api.send("/organisation", { ...organisation, exclusions }, "PUT");
}

async function journals(changed) {
  const kept = await api.read("/crm/salesforce/journal");
  await api.send("/crm/salesforce/journal", { ...kept, ...changed }, "PUT");
}

async function agrees(changed) {
  const kept = await api.read("/crm/salesforce/terms");
  await api.send("/crm/salesforce/terms", { ...kept, ...changed }, "PUT");
}

/** An hour of business on a day that is neither today nor tomorrow anywhere. */
function farFromNow() {
  const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
  const day = days[(new Date().getUTCDay() + 3) % 7];
  return { days: [day], from: "09:00:00", until: "10:00:00" };
}

async function choose(label, option) {
  await page
    .locator("input")
    .and(page.getByLabel(label, { exact: true }))
    .click();
  await page.getByRole("option", { name: option, exact: true }).click();
}
