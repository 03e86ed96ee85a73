// Home and Health: what an administrator sees at a glance, and one click from there.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

let demo;
let alice;
let page;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("x7 home tells the links, and that nothing is wrong", async () => {
  await page.getByText("All is well").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Salesforce" }).waitFor();
  await page.getByText("Requests today:").first().waitFor();
});

story("d10 who cannot be popped is told, until the agent is on duty", async () => {
  const agents = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ hasText: "101 Alice Adams" });
  await agents.getByText("Not signed in").waitFor();
  const desk = await alice.opens(`${demo.home}/desk/`);
  await goesOnDuty(desk);
  await agents.waitFor({ state: "detached" });
  assert.equal(await figure("on_duty"), "1");
  const { call } = await send("/demo/calls", { from: "+14155550134", to: "101" });
  await cardIs(desk, "ringing");
  await page.locator("[data-figure=calls]").getByText("1").waitFor();
  await send(`/demo/calls/${call}/hang-up`);
  await page.locator("[data-figure=calls]").getByText("0").waitFor();
  await desk.close();
});

story("x7 what is wrong stands on home with its way out, one click away", async () => {
  const system = await newPhoneSystem();
  const problem = page.getByRole("listitem").filter({ hasText: "Branch office" });
  await problem.getByText("Nothing answers at this address.").waitFor();
  await problem.getByRole("link", { name: "Open the phone system" }).click();
  await page.getByRole("heading", { name: "Phone system", level: 1 }).waitFor();
  await goesTo(page, "Health");
  await page.getByRole("listitem").filter({ hasText: "Branch office" }).waitFor();
  await send(`/phone-systems/${system.id}`, undefined, "DELETE");
  await page.getByText("All is well").waitFor();
});

story("a21 the home address is looked at by a button", async () => {
  await goesTo(page, "Health");
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByText("It is an address of this machine, without encryption.").waitFor();
  const [found] = (await read("/health")).homes;
  assert.deepEqual([found.finding, found.needs_person], ["this_machine", false]);
});

story("home does not move while its data arrives", async () => {
  const slow = await alice.context.newPage();
  await slow.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  let go;
  const held = new Promise((resolve) => {
    go = resolve;
  });
  await slow.route("**/api/v1/health", async (route) => {
    await held;
    await route.continue();
  });
  await slow.goto(`${demo.home}/`);
  await slow.getByRole("heading", { name: "Home", exact: true }).waitFor();
  go();
  await slow.getByText("All is well").waitFor();
  await slow.locator("[data-figure=waiting]").waitFor();
  const shifted = await slow.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => done(window.shifted))),
  );
  assert.ok(shifted < 0.01, `the page moved by ${shifted}`);
  await slow.close();
});

story("no page failed or broke its own policy", async () => {
  assert.deepEqual(alice.faults, []);
});

function figure(name) {
  return page.locator(`[data-figure=${name}]`).innerText();
}

/** Nothing listens at the port. */
function newPhoneSystem() {
  return send("/phone-systems", {
    kind: "asterisk",
    name: "Branch office",
    settings: {
      host: "127.0.0.1",
      port: "9",
      username: "linecard",
      own: "PJSIP/1.*",
      trunk: "PJSIP/trunk",
    },
    secrets: { secret: "secret" },
  });
}

async function read(path) {
  return (await alice.context.request.get(`${demo.home}/api/v1${path}`)).json();
}

async function send(path, data = {}, method = "POST") {
  const answer = await alice.context.request.fetch(`${demo.home}/api/v1${path}`, {
    method,
    data,
    headers: { "X-Linecard": "1" },
  });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}
