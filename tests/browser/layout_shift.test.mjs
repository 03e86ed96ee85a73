// No page moves under the reader's eyes while its data arrives, however late each answer comes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { addresses } from "./stage/addresses.mjs";
import { openFullOffice } from "./stage/full_office.mjs";
import { shifted, waitsForAnswers } from "./stage/shifts.mjs";
import { story } from "./stage/story.mjs";

/** A tenth of what is called good (web.dev, Cumulative Layout Shift). */
const MOST = 0.01;

let office;

before(async () => {
  office = await openFullOffice();
  // Desk shows a call that rings.
  await office.phones.calledBy("+14155550134", "101");
});

story("no page full of data moves while it arrives", async () => {
  const storageState = await office.admin.context.storageState();
  const reader = await office.browser.person("reader", { storageState });
  await waitsForAnswers(reader);
  const moved = {};
  for (const path of await addresses(office)) {
    const page = await reader.opens(office.demo.home + path);
    await page.getByRole("heading").first().waitFor();
    await page.waitForLoadState("networkidle");
    const found = await shifted(page);
    if (found.by >= MOST) moved[path] = found;
    await page.close();
  }
  assert.deepEqual(moved, {});
});
