// Desk's softphone on a real Asterisk: it rings beside the desk phone, either is one agent, and what
// is said is heard. The caller outside gives back all it hears, so the microphone's own tone in the
// call has been to the far end and back.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isReachable, outsideHangsUp } from "./stage/ami.mjs";
import { Api } from "./stage/api.mjs";
import { asteriskUp } from "./stage/asterisk.mjs";
import { isAccessible } from "./stage/axe.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { cardIs, chooses, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { hears, listensIn, tone } from "./stage/sound.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "14155550134";
/** Rings desk phone and softphone of 101. */
const BOTH_DEVICES = "5551301";
const TONE_HERTZ = 440;
/** Asterisk reports what it received every five seconds. */
const REPORTED_AFTER_SECONDS = 8;
/** Two steps of the analysis. */
const CLOSE_HERTZ = 24;
const LOUD = 0.05;

let asterisk;
let linecard;
let api;
let alice;
let desk;
let office;
let keptBefore;

before(async () => {
  [asterisk, linecard] = await Promise.all([
    asteriskUp(undefined, { softphones: true }),
    startLinecard(),
  ]);
  const browser = await openBrowser({ microphone: await tone(TONE_HERTZ) });
  const admin = await browser.person("admin");
  alice = await browser.person("alice");
  await listensIn(alice);
  office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);
  api = new Api(linecard.home, admin.context);
  await console.addsAsterisk(office, asterisk.facts, { softphones: true });
  await office.getByText("Connected", { exact: true }).waitFor();
  await console.goesTo(office, "Extensions");
  await office.getByRole("button", { name: "Fetch from the phone system" }).click();
  await console.names(office, { number: "101", name: "Alice Adams", email: "alice@example.com" });
  await console.names(office, { number: "102", name: "Bob Brown", email: "bob@example.com" });
  desk = await alice.opens(await console.invites(office, "101"));
  await desk.waitForURL("**/desk/");
});

story("the softphone signs on with duty, and off with it", async () => {
  assert.equal(await isRegistered(), false);
  await goesOnDuty(desk);
  await eventually("the softphone is registered", isRegistered);
  await chooses(desk, "Off duty");
  await eventually("the softphone is gone", async () => !(await isRegistered()));
  await goesOnDuty(desk);
  await eventually("the softphone is registered again", isRegistered);
});

story("an outside call rings both devices and is taken at the softphone", async () => {
  const phone = await asterisk.rings("101");
  const outside = asterisk.calls("trunk", BOTH_DEVICES, { number: MAYA, echo: true });
  const card = await cardIs(desk, "ringing");
  assert.equal(await desk.locator("[data-call]").count(), 1, "one call is one card");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await phone.finish();
  await hearsTheTone();

  await card.getByRole("button", { name: "Mute" }).click();
  await eventually("nothing is heard of the muted microphone", async () => {
    return (await hears(desk)).loudness === 0;
  });
  await card.getByRole("button", { name: "Mute" }).click();
  await hearsTheTone();

  await card.getByRole("button", { name: "Hold" }).click();
  await cardIs(desk, "holding");
  await card.getByRole("button", { name: "Hold" }).click();
  await cardIs(desk, "talking");
  await hearsTheTone();

  await card.getByRole("button", { name: "Keys" }).click();
  await isAccessible(desk, "a call at the softphone");
  for (const key of ["5", "Hash"]) {
    await card.getByRole("button", { name: key, exact: true }).click();
  }
  await eventually("the keys arrive at the phone system", async () => {
    const log = await asterisk.log();
    return ["5", "#"].every((key) => log.includes(`DTMF end '${key}' received on PJSIP/101-web`));
  });

  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  await cardIs(desk, "ended");
  await isOneAnsweredLeg();
  await removesCard(desk);
});

story("a call that the other side ends is over at the softphone", async () => {
  const phone = await asterisk.rings("101");
  const outside = asterisk.calls("trunk", BOTH_DEVICES, {
    number: MAYA,
    seconds: REPORTED_AFTER_SECONDS,
    echo: true,
  });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");
  await isOneAnsweredLeg();
  await removesCard(desk);
});

story("how the sound of the call was stands beside it, and the Console tells it", async () => {
  const sound = await eventually("the sound is kept", async () => {
    const { legs } = (await api.read("/calls?limit=1")).calls[0];
    return legs.find(({ extension }) => extension === "101").sound;
  });
  assert.equal(sound.grade, "good", JSON.stringify(sound));
  // On one machine nothing is lost; whoever heard nothing would have lost all.
  assert.ok(sound.heard.loss_percent < 1 && sound.said.loss_percent < 1, JSON.stringify(sound));
  assert.match(sound.codec, /^(opus|PCM[AU]|G722)$/);
  await console.goesTo(office, "Calls");
  const newest = office.locator(".lc-calls > li").first();
  await newest.locator(".lc-call").click();
  const told = newest.locator("section").filter({ hasText: "Sound in Desk" });
  await told.getByText("Good", { exact: true }).waitFor();
  await told.getByText("There and back").waitFor();
  await isAccessible(office, "a call with its sound");
});

story("a call taken at the desk phone stops ringing at the softphone", async () => {
  const phone = await asterisk.answers("101", 1);
  const outside = asterisk.calls("trunk", BOTH_DEVICES, { number: MAYA });
  const card = await cardIs(desk, "talking");
  await card.getByRole("button", { name: "Mute" }).waitFor({ state: "hidden" });
  await Promise.all([phone.finish(), outside.finish()]);
  await cardIs(desk, "ended");
  await isOneAnsweredLeg();
  await removesCard(desk);
});

story("c2 a number that is called in Desk is called by the softphone", async () => {
  const outside = await asterisk.answers("trunk");
  const search = desk.getByRole("combobox", { name: "Search or call a number" });
  await search.fill(`+${MAYA}`);
  await search.press("Enter");
  const card = await cardIs(desk, "talking");
  // It picked up by itself: nobody answered at the desk phone, which never rang.
  await card.getByRole("button", { name: "Mute" }).waitFor();
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  await cardIs(desk, "ended");
  const call = await kept();
  assert.equal(call.direction, "outbound");
  assert.deepEqual(
    call.legs.map(({ extension, outcome }) => [extension, outcome]),
    [["101", "answered"]],
  );
  await removesCard(desk);
});

story("whoever has no microphone is told, and the desk phone rings on", async () => {
  const browser = await openBrowser();
  const bob = await browser.person("bob");
  await console.goesTo(office, "Extensions");
  const mute = await bob.opens(await console.invites(office, "102"));
  await mute.waitForURL("**/desk/");
  await goesOnDuty(mute);
  await mute.getByText("No microphone was found").waitFor();
  await isAccessible(mute, "the softphone without a microphone");
  const phone = await asterisk.rings("102");
  const outside = asterisk.givesUp("trunk", "5551302", { number: MAYA, seconds: 3 });
  const card = await cardIs(mute, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await mute.getByText("No microphone was found").waitFor();
  await Promise.all([phone.finish(), outside.finish()]);
  const call = await kept();
  assert.deepEqual(
    call.legs.map(({ extension, outcome }) => [extension, outcome]),
    [["102", "missed"]],
  );
});

story("a Desk that is closed in mid-call has told how the sound was until then", async () => {
  const phone = await asterisk.rings("101");
  const outside = asterisk.calls("trunk", BOTH_DEVICES, { number: MAYA, echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await phone.finish();
  await hearsTheTone();
  await card.getByText("0:03", { exact: true }).waitFor();
  await desk.close();
  await outsideHangsUp(asterisk.facts);
  await outside.finish();
  const { id } = await kept();
  const sound = await eventually("the sound is kept", async () => {
    const [{ id: newest, legs }] = (await api.read("/calls?limit=1")).calls;
    return newest === id && legs.find(({ extension }) => extension === "101").sound;
  });
  assert.equal(sound.grade, "good", JSON.stringify(sound));
});

story("no page of these calls failed or broke its own policy", () => {
  assert.deepEqual(alice.faults, []);
});

async function hearsTheTone() {
  await eventually(`${TONE_HERTZ} Hz come back from the far end`, async () => {
    const { hertz, loudness } = await hears(desk);
    return Math.abs(hertz - TONE_HERTZ) < CLOSE_HERTZ && loudness > LOUD;
  });
}

/** The next call that is kept. */
async function kept() {
  const call = await eventually("the call is kept", async () => {
    const [newest] = (await api.read("/calls?limit=1")).calls;
    return newest?.state === "ended" && newest.id !== keptBefore && newest;
  });
  keptBefore = call.id;
  return call;
}

/** Both devices rang, and one agent talked: no missed call beside it. */
async function isOneAnsweredLeg() {
  const call = await kept();
  assert.equal(call.outcome, "answered", JSON.stringify(call));
  const legs = call.legs.filter(({ role }) => role === "agent");
  assert.deepEqual(
    legs.map(({ extension, outcome }) => [extension, outcome]),
    [["101", "answered"]],
  );
}

function isRegistered() {
  return isReachable(asterisk.facts, "PJSIP/101-web");
}
