// A call is passed on from Desk on a real Asterisk: at once, from softphone and desk phone, and after
// asking the colleague first. The customer's voice is the tone that comes back from outside, so who
// is connected with whom is heard.
import assert from "node:assert/strict";
import { before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { isAccessible } from "./stage/axe.mjs";
import { cardIs, removesCard } from "./stage/desk.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "14155550134";
const EARNS_A_CALL_MS = 6_000;

let office;
let asterisk;
let alice;
let bob;

before(async () => {
  office = await openSoftphones({ bob: true });
  asterisk = office.asterisk;
  alice = office.alice.desk;
  bob = office.bob.desk;
});

story("a number that is not called is no number to transfer to either", async () => {
  const outside = await customerTalksToAlice();
  const card = await cardIs(alice, "talking");
  await card.getByRole("button", { name: "Transfer", exact: true }).click();
  await card.getByLabel("Transfer to a number or an extension").fill("+882 16 5555 0134");
  await card.getByRole("button", { name: "Transfer now" }).click();
  await card.getByText("Numbers of this kind are not called from here.").waitFor();
  await hearsTone(alice, TONES.alice);
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  await clears();
});

story("a softphone's call is sent on to a colleague's, who talks with the customer", async () => {
  const outside = await customerTalksToAlice();
  const card = await cardIs(alice, "talking");
  await card.getByRole("button", { name: "Transfer", exact: true }).click();
  await isAccessible(alice, "a call that is passed on");
  await card.getByLabel("Transfer to a number or an extension").fill("102");
  await card.getByRole("button", { name: "Transfer now" }).click();
  await answers(bob);
  await cardIs(alice, "ended");
  await hearsTone(bob, TONES.bob);
  await hangsUp(bob);
  await outside.finish();
  const call = await office.kept();
  assert.deepEqual(partsOf(call), [
    ["101", "transferred"],
    ["102", "answered"],
  ]);
  await isInTheAuditLog("102");
  await clears();
});

story("a desk phone's call is sent on from Desk", async () => {
  const phone = await asterisk.answers("101");
  const outside = asterisk.calls("trunk", "5551101", { number: MAYA, echo: true });
  const card = await cardIs(alice, "talking");
  assert.equal(await card.getByRole("button", { name: "Mute" }).count(), 0, "not at the softphone");
  await card.getByRole("button", { name: "Transfer", exact: true }).click();
  assert.equal(await card.getByRole("button", { name: "Ask there first" }).count(), 0);
  await card.getByLabel("Transfer to a number or an extension").fill("102");
  await card.getByRole("button", { name: "Transfer now" }).click();
  await answers(bob);
  await phone.finish();
  await hearsTone(bob, TONES.bob);
  await hangsUp(bob);
  await outside.finish();
  assert.deepEqual(partsOf(await office.kept()), [
    ["101", "transferred"],
    ["102", "answered"],
  ]);
  await clears();
});

story("a colleague is asked first, and gets the customer: one call in the journal", async () => {
  // An agent may ask for three calls at once; the fourth has to be earned (docs/admin.md).
  await pause(EARNS_A_CALL_MS);
  const outside = await customerTalksToAlice();
  const card = await cardIs(alice, "talking");
  await card.getByRole("button", { name: "Transfer", exact: true }).click();
  await card.getByLabel("Transfer to a number or an extension").fill("102");
  await card.getByRole("button", { name: "Ask there first" }).click();
  await answers(bob);
  // They hear each other, and the customer waits.
  await Promise.all([hearsTone(alice, TONES.bob), hearsTone(bob, TONES.alice)]);
  await alice.locator("[data-call][data-state=holding]").waitFor();
  const consultation = await cardIs(alice, "talking");
  await isAccessible(alice, "a consultation");
  await consultation.getByRole("button", { name: "Connect the two" }).click();
  await hearsTone(bob, TONES.bob);
  await alice.locator("[data-call][data-state=talking]").waitFor({ state: "detached" });
  await alice.locator("[data-call][data-state=holding]").waitFor({ state: "detached" });
  await hangsUp(bob);
  await outside.finish();
  const call = await office.kept();
  assert.equal(call.direction, "inbound");
  assert.deepEqual(partsOf(call), [
    ["101", "transferred"],
    ["102", "answered"],
  ]);
  const { calls } = await office.api.read("/calls?limit=50");
  assert.equal(calls.length, 4, "the consultation is no call of its own");
  await clears();
});

story("no page of these calls failed or broke its own policy", () => {
  assert.deepEqual([office.alice.person.faults, office.bob.person.faults], [[], []]);
});

async function customerTalksToAlice() {
  // The desk phone rings, too: what nobody hears is sent again for half a minute (RFC 3261, 17.1.1.2),
  // and the phone of the next story would take it for its own call.
  const phone = await asterisk.rings("101");
  const outside = asterisk.calls("trunk", ALICE, { number: MAYA, echo: true });
  await answers(alice);
  await phone.finish();
  await hearsTone(alice, TONES.alice);
  return outside;
}

async function answers(desk) {
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
}

async function hangsUp(desk) {
  await desk.bringToFront();
  const card = desk.locator("[data-call][data-state=talking]").first();
  await card.getByRole("button", { name: "Hang up" }).click();
  await cardIs(desk, "ended");
}

async function clears() {
  for (const desk of [alice, bob]) {
    await desk.bringToFront();
    while (await desk.locator("[data-call]").count()) await removesCard(desk);
  }
}

async function isInTheAuditLog(number) {
  const { entries } = await office.api.read("/audit");
  const entry = entries.find(({ kind }) => kind === "transfer");
  assert.deepEqual([entry?.number, entry?.result], [number, "done"]);
}
