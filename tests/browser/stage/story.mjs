// A test whose pages are pictured when it fails: target/browser-failures/.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { people } from "./browser.mjs";
import { CHECKOUT } from "./program.mjs";

const PICTURES = join(CHECKOUT, "target/browser-failures");

/**
 * @param {string} name
 * @param {(t: import("node:test").TestContext) => Promise<void>} tell
 */
export function story(name, tell) {
  test(name, async (t) => {
    try {
      await tell(t);
    } catch (problem) {
      await takePictures(name).catch((error) => t.diagnostic(`no picture: ${error.message}`));
      throw problem;
    }
  });
}

async function takePictures(name) {
  await mkdir(PICTURES, { recursive: true });
  const stem = name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  for (const person of people) {
    for (const [index, page] of person.context.pages().entries()) {
      await page.screenshot({ path: join(PICTURES, `${stem}-${person.name}-${index}.png`) });
    }
  }
}
