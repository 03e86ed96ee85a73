// What an agent is at: chosen at Desk, the same in every window, seen in the Console, and kept.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { cardIs, choice, chooses, dutyOf, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { startDemo } from "./stage/linecard.mjs";
import * as outsideLine from "./stage/outside_line.mjs";
import { story } from "./stage/story.mjs";

let demo;
let alice;
let console;
let desk;
let outside;

before(async () => {
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  console = await alice.opens(demo.signInLink);
  await console.getByRole("heading", { name: "Home", exact: true }).waitFor();
  desk = await alice.opens(`${demo.home}/desk/`);
  outside = await alice.opens(`${demo.home}/outside-line`);
});

story(
  "d10 a break with its reason is the same in every window, and the console tells it",
  async () => {
    await goesOnDuty(desk);
    const other = await alice.opens(`${demo.home}/desk/`);
    await other.getByRole("button", { name: "Duty: On duty", exact: true }).waitFor();
    await chooses(desk, "Lunch");
    await desk.getByRole("heading", { name: "You are on a break" }).waitFor();
    await isAccessible(desk, "Desk on a break");
    await other.bringToFront();
    await other.getByRole("button", { name: "Duty: Lunch", exact: true }).waitFor();
    await other.close();
    await console.bringToFront();
    const agents = console
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasText: "101 Alice Adams" });
    await agents.getByText("On a break").waitFor();
  },
);

story("d10 on a break a call is shown, and no page opens", async () => {
  let opened = 0;
  const count = () => {
    opened += 1;
  };
  alice.context.on("page", count);
  await outsideLine.calls(outside, "Maya Torres", "101 Alice Adams");
  const maya = await cardIs(desk, "ringing");
  await maya.getByText("Maya Torres").waitFor();
  await maya.getByRole("button", { name: /^(Hang up|Decline)$/ }).click();
  await cardIs(desk, "ended");
  alice.context.off("page", count);
  assert.equal(opened, 0);
  await removesCard(desk);
});

story("the choice is made with the keyboard, and what is chosen is marked", async () => {
  await dutyOf(desk).focus();
  await desk.keyboard.press("Enter");
  const chosen = choice(desk, "Lunch");
  await chosen.waitFor();
  assert.equal(await chosen.getAttribute("aria-pressed"), "true");
  await isAccessible(desk, "the choice of duty");
  await choice(desk, "Meeting").focus();
  await desk.keyboard.press("Enter");
  await desk.getByRole("button", { name: "Duty: Meeting", exact: true }).waitFor();
});

story(
  "a page that is loaded anew finds the agent where they were, and one click ends the break",
  async () => {
    await desk.reload();
    await desk.getByRole("button", { name: "Duty: Meeting", exact: true }).waitFor();
    await desk.getByRole("button", { name: "Back on duty" }).click();
    await desk.getByRole("heading", { name: "Ready for calls" }).waitFor();
  },
);

story("an administrator chooses the reasons, and open desks offer them at once", async () => {
  await goesTo(console, "Duty");
  const reasons = console.getByLabel("Reasons for a break").first();
  await reasons.fill("School run");
  await reasons.press("Enter");
  await console.getByRole("textbox", { name: "Wrap-up after a call" }).fill("600");
  await isAccessible(console, "what is chosen about duty");
  await console.getByRole("button", { name: "Save" }).click();
  await console.getByText("Saved").waitFor();
  await chooses(desk, "School run");
  await chooses(desk, "On duty");
});

story("after a call the agent is in wrap-up, and ready by a click", async () => {
  await outsideLine.calls(outside, "Maya Torres", "101 Alice Adams");
  await (await cardIs(desk, "ringing")).getByRole("button", { name: "Answer" }).click();
  await (await cardIs(desk, "talking")).getByRole("button", { name: "Hang up" }).click();
  await desk.getByRole("button", { name: "Duty: Wrap-up", exact: true }).waitFor();
  await desk.getByText(/^\d+ s left, then you are on duty again\.$/).waitFor();
  await isAccessible(desk, "Desk in wrap-up");
  await desk.getByRole("button", { name: "Ready now" }).click();
  await desk.getByRole("button", { name: "Duty: On duty", exact: true }).waitFor();
  await removesCard(desk);
});

story("no page of these breaks failed or broke its own policy", () => {
  assert.deepEqual(alice.faults, []);
});
