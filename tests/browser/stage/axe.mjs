// Whether everybody can use what a page shows now: axe-core finds nothing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

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

// What fades in or out has colours of its own for a moment, which nobody reads.
async function isStill(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isMoving = ({ playState, effect }) =>
      playState === "running" && effect.getComputedTiming().endTime !== Infinity;
    const moving = () => document.getAnimations().filter(isMoving);
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      // A page sets where a movement starts in one frame, and where it ends in the next.
      await frame();
      await frame();
    } while (moving().length > 0);
  });
}
