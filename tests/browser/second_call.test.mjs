// A second call rings at the softphone while the agent talks: declined, answered while the first is
// held, and changed over between the two, on a real Asterisk.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { cardIs } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "14155550134";

let office;
let asterisk;
let desk;

before(async () => {
  office = await openSoftphones();
  asterisk = office.asterisk;
  desk = office.alice.desk;
});

story("a second call is declined, and the first goes on", async () => {
  const customer = await customerTalks();
  asterisk.givesUp("104", ALICE, { number: "104", seconds: 20 });
  const second = await ringing();
  // The pointer still lies where the first call was answered.
  await desk.mouse.move(0, 0);
  await isAccessible(desk, "a second call that rings");
  await second.getByRole("button", { name: "Decline" }).click();
  await stands([second, "ended"]);
  const first = await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  await first.getByRole("button", { name: "Hang up" }).click();
  await customer.finish();
  await cardIs(desk, "ended");
  const parts = await partsOfLatest(2);
  assert.deepEqual(parts, [[["101", "answered"]], [["101", "declined"]]]);
});

story(
  "a second call is answered while the first is held, and the two are changed over",
  async () => {
    const customer = await customerTalks();
    const maya = desk.locator(`[data-call="${await talkingCall()}"]`);
    const colleague = asterisk.calls("104", ALICE);
    const second = await ringing();
    await second.getByRole("button", { name: "Answer" }).click();
    await stands([maya, "holding"], [second, "talking"]);
    await maya.getByRole("button", { name: "Hold" }).click();
    await stands([maya, "talking"], [second, "holding"]);
    await hearsTone(desk, TONES.alice);
    await maya.getByRole("button", { name: "Hang up" }).click();
    await customer.finish();
    await stands([maya, "ended"], [second, "holding"]);
    await second.getByRole("button", { name: "Hold" }).click();
    await stands([second, "talking"]);
    await second.getByRole("button", { name: "Hang up" }).click();
    await colleague.finish();
    await stands([second, "ended"]);
    const parts = await partsOfLatest(4);
    assert.deepEqual(parts, [[["101", "answered"]], [["101", "answered"]]]);
  },
);

story("no page of these calls failed or broke its own policy", () => {
  assert.deepEqual(office.alice.person.faults, []);
});

async function customerTalks() {
  const outside = asterisk.calls("trunk", ALICE, { number: MAYA, echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  return outside;
}

/** The card that rings now, whatever becomes of it. */
async function ringing() {
  const call = await (await cardIs(desk, "ringing")).getAttribute("data-call");
  return desk.locator(`[data-call="${call}"]`);
}

function talkingCall() {
  return desk.locator("[data-call][data-state=talking]").first().getAttribute("data-call");
}

/** Waits until each card is in its state. */
async function stands(...wanted) {
  await desk.bringToFront();
  for (const [card, state] of wanted) {
    await card.and(desk.locator(`[data-state=${state}]`)).waitFor();
  }
}

/** Alice's parts of the two latest calls once `all` are kept, sorted by what became of them. */
async function partsOfLatest(all) {
  const calls = await eventually(`${all} calls are kept`, async () => {
    const kept = (await office.api.read("/calls?limit=50")).calls;
    return kept.length === all && kept.every(({ state }) => state === "ended") && kept;
  });
  const parts = calls.slice(0, 2).map(partsOf);
  return parts.sort((one, other) => String(one).localeCompare(String(other)));
}
