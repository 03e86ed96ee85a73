// What a first visit costs.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

let demo;
let browser;
let state;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  const alice = await browser.person("alice");
  const page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  state = await alice.context.storageState();
});

/** What may come over the wire until nothing more comes, in bytes, with the headers of every answer. */
const MOST = 200_000;

for (const [page, path, isSignedIn] of [
  ["Home", "/", true],
  ["the sign-in", "/sign-in", false],
  ["Desk", "/desk/", true],
]) {
  story(`a first visit of ${page} loads little, in compressed files kept for ever`, async (t) => {
    const known = isSignedIn ? { storageState: state } : {};
    const reader = await browser.person(`reader of ${page}`, known);
    const tab = await reader.context.newPage();
    const wire = await reader.context.newCDPSession(tab);
    await wire.send("Network.enable");
    let bytes = 0;
    const plain = [];
    tab.on("response", (response) => {
      const { "content-encoding": encoding, "cache-control": kept } = response.headers();
      if (!/assets\/index-.*\.(js|css)$/.test(response.url())) return;
      if (encoding !== "br" || !kept.includes("immutable")) plain.push(response.url());
    });
    wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const from = performance.now();
    await tab.goto(demo.home + path);
    await tab.getByRole("heading", { level: 1 }).first().waitFor();
    t.diagnostic(`${Math.round(performance.now() - from)} ms to the first heading`);
    await tab.waitForLoadState("networkidle");
    t.diagnostic(`${(bytes / 1000).toFixed(1)} kB over the wire with all that comes later`);
    assert.ok(bytes > 0 && bytes < MOST, `${bytes} bytes`);
    assert.deepEqual(plain, []);
  });
}
