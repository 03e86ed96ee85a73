// A call on a real Asterisk that the agent put on hold: when that was stands in the call's course,
// drawn and in words.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { asteriskUp } from "./stage/asterisk.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { addsAsterisk, goesTo, setsUp } from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

let asterisk;
let admin;
let page;
let api;

before(async () => {
  const [up, linecard, browser] = await Promise.all([asteriskUp(), startLinecard(), openBrowser()]);
  asterisk = up;
  admin = await browser.person("admin");
  page = await admin.opens(linecard.setUpLink);
  await setsUp(page);
  api = new Api(linecard.home, admin.context);
  await addsAsterisk(page, asterisk.facts);
  await page.getByText("Connected", { exact: true }).waitFor();
});

story("x12 a hold is drawn where it was, over the talk, and told in words", async () => {
  const outside = await asterisk.answers("trunk");
  const phone = asterisk.holds("101", "914155550134", 1);
  await Promise.all([phone.finish(), outside.finish()]);
  const leg = await eventually("the call is kept", async () => {
    const [call] = (await api.read("/calls")).calls;
    return call?.state === "ended" && call.legs[0];
  });
  assert.equal(leg.holds.length, 1);
  const [from, until] = [leg.holds[0].from, leg.holds[0].until].map(Date.parse);
  // Each is rounded by itself.
  assert.ok(Math.abs(until - from - leg.hold_ms) <= 1);
  assert.ok(Date.parse(leg.answered) < from && until < Date.parse(leg.talked_until));

  await goesTo(page, "Calls");
  await page.getByRole("button", { expanded: false }).filter({ hasText: "101" }).click();
  const line = page.getByRole("group", { name: "The course of this call" });
  const bars = line.locator(".lc-course-bars > [data-kind]");
  await bars.first().waitFor();
  const drawn = await bars.evaluateAll((all) => all.map((bar) => bar.dataset.kind));
  assert.deepEqual(drawn, ["talk", "hold"]);
  const [talk, hold] = [await bars.nth(0).boundingBox(), await bars.nth(1).boundingBox()];
  assert.ok(talk.x < hold.x && hold.x + hold.width < talk.x + talk.width);
  await line.getByRole("row", { name: /on hold after 0:0\d for 0:0\d/ }).waitFor();
  await line.locator(".lc-course-legend").getByText("On hold", { exact: true }).waitFor();
  assert.deepEqual(admin.faults, []);
});
