// What a first visit costs, and that nothing stands beyond the edge of a telephone.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "+14155550134";

let demo;
let browser;
let state;
let paths;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  const alice = await browser.person("alice");
  const page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  const api = new Api(demo.home, alice.context);
  for (const from of [MAYA, "+16285550199"]) {
    const { call } = await api.send("/demo/calls", { from, to: "101" });
    await api.send(`/demo/calls/${call}/hang-up`);
  }
  await eventually("the calls are kept", async () => {
    return (await api.read("/calls")).calls.length === 2;
  });
  const { id } = await api.send("/phonebooks", { name: "Suppliers of everything in the house" });
  for (const name of ["王芳 Wang Fang", "Fang Wang of a company whose name goes on and on"]) {
    const numbers = [{ slot: "business", written: "(415) 555-0199" }];
    await api.send(`/phonebooks/${id}/contacts`, { name, company: "Acme", numbers });
  }
  state = await alice.context.storageState();
  const links = await page.locator("nav a[href^='/']").evaluateAll((all) => {
    return all.map((link) => link.getAttribute("href")).filter((path) => path !== "/desk/");
  });
  const parts = ["users", "journal", "contacts", "sync"];
  paths = [
    ...new Set(links),
    `/contacts/${id}`,
    "/integrations/crm/salesforce",
    ...parts.map((part) => `/integrations/crm/salesforce?part=${part}`),
    "/integrations/crm/bitrix24",
  ];
  assert.ok(paths.length > 15, paths.join(" "));
});

for (const [room, path] of [
  ["Console", "/"],
  ["Desk", "/desk/"],
]) {
  story(`a first visit of the ${room} loads compressed files that are kept for ever`, async (t) => {
    const reader = await browser.person(`reader of ${room}`, { storageState: state });
    const page = await reader.context.newPage();
    const wire = await reader.context.newCDPSession(page);
    await wire.send("Network.enable");
    let bytes = 0;
    const plain = [];
    page.on("response", (response) => {
      const { "content-encoding": encoding, "cache-control": kept } = response.headers();
      if (!/assets\/index-.*\.(js|css)$/.test(response.url())) return;
      if (encoding !== "br" || !kept.includes("immutable")) plain.push(response.url());
    });
    wire.on("Network.dataReceived", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const from = performance.now();
    await page.goto(demo.home + path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    const shown = bytes;
    t.diagnostic(`${Math.round(performance.now() - from)} ms to the first heading`);
    await page.waitForLoadState("networkidle");
    const [there, all] = [shown, bytes].map((it) => (it / 1000).toFixed(1));
    t.diagnostic(`${there} kB over the wire until then, ${all} kB with all that comes later`);
    assert.ok(bytes > 0);
    assert.deepEqual(plain, []);
  });
}

story("no page is wider than a telephone", async () => {
  const reader = await browser.person("reader on a telephone", {
    storageState: state,
    viewport: { width: 390, height: 844 },
  });
  const wide = {};
  for (const path of [...paths, "/desk/"]) {
    const page = await reader.opens(demo.home + path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.waitForLoadState("networkidle");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 390) wide[path] = width;
    await page.close();
  }
  assert.deepEqual(wide, {});
});
