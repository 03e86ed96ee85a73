// Whether everybody can use what a page shows now: axe-core finds nothing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { isStill } from "./still.mjs";

const AXE = new URL("../../../web/node_modules/axe-core/axe.min.js", import.meta.url);

/** @param {string} what for the message when something is found */
export async function isAccessible(page, what) {
  await isStill(page);
  // Playwright's own evaluation is not bound by the page's policy.
  await page.evaluate(await readFile(AXE, "utf8"));
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => `${target}`)]);
  });
  assert.deepEqual(found, [], what);
}
