// Takes the README's picture, docs/images/desk.png: Desk in the demo while Maya Torres calls.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { startDemo } from "./stage/linecard.mjs";
import * as outsideLine from "./stage/outside_line.mjs";
import { CHECKOUT } from "./stage/program.mjs";

const IMAGES = join(CHECKOUT, "docs/images");

// Node's test runner, because it stops what was started.
test("the picture is taken", async () => {
  const demo = await startDemo();
  const browser = await openBrowser();
  const alice = await browser.person("alice", { reducedMotion: "reduce" });
  const desk = await alice.opens(demo.signInLink);
  await desk.getByRole("heading", { name: "Home", exact: true }).waitFor();
  await desk.goto(`${demo.home}/desk/`);
  await goesOnDuty(desk);
  const outside = await alice.opens(`${demo.home}/outside-line`);
  await outsideLine.calls(outside, "Grace Kim", "101 Alice Adams");
  const grace = await cardIs(desk, "ringing");
  await grace.getByRole("button", { name: "Answer" }).click();
  await grace.getByText("0:03").waitFor();
  await grace.getByRole("button", { name: "Hang up" }).click();
  await cardIs(desk, "ended");
  await outsideLine.calls(outside, "Maya Torres", "101 Alice Adams");
  const maya = await cardIs(desk, "ringing");
  await maya.getByText("Blue Harbor Logistics").waitFor();
  // Some seconds of ringing look more like a call than none.
  await maya.getByText("0:04").waitFor();
  // The pointer still rests where Answer was clicked.
  await desk.mouse.move(0, 0);
  await mkdir(IMAGES, { recursive: true });
  await desk.screenshot({ path: join(IMAGES, "desk.png") });
});
