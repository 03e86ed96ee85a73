// Desk can be installed as a program of its own, by the browser's own means.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

let linecard;
let agent;
let desk;

before(async () => {
  linecard = await startLinecard();
  const browser = await openBrowser();
  agent = await browser.person("agent");
  desk = await agent.opens(`${linecard.home}/desk/`);
});

story("the browser finds nothing that keeps Desk from being installed", async () => {
  const session = await agent.context.newCDPSession(desk);
  const { url, errors, data } = await session.send("Page.getAppManifest");
  assert.equal(url, `${linecard.home}/desk/desk.webmanifest`);
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  assert.deepEqual(
    [manifest.name, manifest.display, manifest.start_url, manifest.scope],
    ["Linecard Desk", "standalone", "/desk/", "/desk/"],
  );
  assert.match(manifest.theme_color, /^#[0-9a-f]{6}$/);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A window of its own, as a test has it, is a private one: the only thing in the way.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  assert.deepEqual(others, []);
});

story("the manifest and its icons come with their types", async () => {
  const read = (path) => agent.context.request.get(linecard.home + path);
  const manifest = await read("/desk/desk.webmanifest");
  assert.equal(manifest.headers()["content-type"], "application/manifest+json");
  for (const { src, type } of (await manifest.json()).icons) {
    const icon = await read(src);
    assert.equal(icon.status(), 200, src);
    assert.equal(icon.headers()["content-type"], type, src);
  }
  assert.deepEqual(agent.faults, []);
});
