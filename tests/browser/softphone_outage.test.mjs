// The way between Desk and Linecard breaks while an agent talks at the softphone, and Linecard starts
// anew: the sound goes on, the card comes back with its buttons, and the end of the call arrives. A call
// that rings meanwhile is the desk phone's, and the card says so.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isReachable, outsideHangsUp } from "./stage/ami.mjs";
import { isAccessible } from "./stage/axe.mjs";
import { cardIs, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecardOnCable } from "./stage/linecard.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "14155550134";
const ECHO = { number: MAYA, echo: true };
/** docs/asterisk.md */
const SIGNS_ON_A_MINUTE = 30;
const WAITS_MS = 90_000;

let office;
let asterisk;
let desk;

before(async () => {
  office = await openSoftphones({ linecard: startLinecardOnCable });
  asterisk = office.asterisk;
  desk = office.alice.desk;
});

story("the socket is cut in mid-call: the sound goes on and the card comes back", async (t) => {
  const outside = await customerTalks();
  const offers = await offersMade();
  const { cable } = office.linecard;
  await cable.cut();
  await desk.getByText("The connection to Linecard is lost").waitFor();
  await hearsTone(desk, TONES.alice);
  await cable.join();
  const joined = performance.now();
  await isBack();
  const card = await cardIs(desk, "talking");
  await card.getByRole("button", { name: "Mute" }).waitFor();
  t.diagnostic(`after a long outage: back ${since(joined)} ms after the network was`);
  await isRenewed(offers);
  await hearsTone(desk, TONES.alice);

  const offersBetween = await offersMade();
  const cut = performance.now();
  await cable.cut();
  await cable.join();
  await desk.getByText("The connection to Linecard is lost").waitFor();
  await isBack();
  await card.getByRole("button", { name: "Hang up", disabled: false }).waitFor();
  t.diagnostic(
    `after a short outage: the card was back ${since(cut)} ms after the cut (3 s are promised)`,
  );
  await isRenewed(offersBetween);
  t.diagnostic(`after a short outage: the softphone was back ${since(cut)} ms after the cut`);
  await outsideHangsUp(asterisk.facts);
  await outside.finish();
  await isOverAtTheSoftphone();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  await removesCard(desk);
});

for (const { how, arrives } of [
  { how: "on its way", arrives: false },
  { how: "and its answer is lost", arrives: true },
]) {
  story(`the socket is cut again with the new way ${how}: the sound goes on`, async () => {
    const outside = await customerTalks();
    await losesTheNextOffer(arrives);
    const { cable } = office.linecard;
    await cable.cut();
    await cable.join();
    await desk.waitForFunction(() => window.isOfferLost);
    const offers = await offersMade();
    await cable.cut();
    await cable.join();
    await isBack();
    await isRenewed(offers);
    await hearsTone(desk, TONES.alice);
    const card = await cardIs(desk, "talking");
    await card.getByRole("button", { name: "Hold" }).click();
    await cardIs(desk, "holding");
    await card.getByRole("button", { name: "Hang up" }).click();
    await outside.finish();
    await isOverAtTheSoftphone();
    assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
    await removesCard(desk);
  });
}

story(
  "the socket is cut while it rings: the card says where it rings on, and what can be done",
  async () => {
    const deskPhone = await asterisk.rings("101");
    asterisk.calls("trunk", ALICE, ECHO);
    const card = await cardIs(desk, "ringing");
    const answer = card.getByRole("button", { name: "Answer", exact: true });
    const answerHere = card.getByRole("button", { name: "Answer here" });
    await answer.waitFor();
    const { cable } = office.linecard;
    await cable.cut();
    const words = card.getByText("It rings at your desk phone only");
    await words.waitFor();
    assert.equal((await answer.count()) + (await answerHere.count()), 0);
    await cable.join();
    await isBack();
    await desk.getByText("The softphone is connecting").waitFor({ state: "detached" });
    await words.waitFor();
    await answerHere.waitFor();
    assert.equal(await answer.count(), 0);
    assert.equal(await desk.locator("[data-call][data-state=ringing]").count(), 1);
    await isAccessible(desk);
    await outsideHangsUp(asterisk.facts);
    await deskPhone.finish();
    await cardIs(desk, "ended");
    assert.deepEqual(partsOf(await office.kept()), [["101", "missed"]]);
    await removesCard(desk);
  },
);

story("the server starts anew in mid-call: the card comes back, and one call is kept", async () => {
  const keptBefore = await callsKept();
  const outside = await customerTalks();
  const offers = await offersMade();
  const { linecard } = office;
  await linecard.stop();
  await desk.getByText("The connection to Linecard is lost").waitFor();
  await hearsTone(desk, TONES.alice);
  await linecard.start();
  await desk.getByText("The connection to Linecard is lost").waitFor({ state: "detached" });
  await isRenewed(offers);
  const card = await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  await card.getByRole("button", { name: "Hold" }).click();
  await cardIs(desk, "holding");
  await card.getByRole("button", { name: "Hold" }).click();
  await cardIs(desk, "talking");
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  await isOverAtTheSoftphone();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  assert.equal(await callsKept(), keptBefore + 1, "it stands once");
});

story("a softphone that signs on in a loop has to wait, says so, and comes back", async () => {
  await desk.evaluate(async (most) => {
    for (let count = 0; count < most; count += 1) {
      const socket = new WebSocket(`ws://${location.host}/sip`, "sip");
      await new Promise((done) => {
        socket.onopen = done;
        // The last ones are refused: the softphone's own was counted, too.
        socket.onerror = done;
      });
      socket.close();
    }
  }, SIGNS_ON_A_MINUTE);
  await desk.reload();
  const waits = desk.getByText("The softphone signed on too often");
  await waits.waitFor();
  await isAccessible(desk, "a softphone that waits");
  // Calls ring on at the desk phone.
  const deskPhone = await asterisk.rings("101");
  asterisk.calls("trunk", ALICE, ECHO);
  await cardIs(desk, "ringing");
  await outsideHangsUp(asterisk.facts);
  await deskPhone.finish();
  await cardIs(desk, "ended");
  await waits.waitFor({ state: "detached", timeout: WAITS_MS });
  await eventually("the softphone is signed on again", () =>
    isReachable(asterisk.facts, "PJSIP/101-web"),
  );
});

/** The line to Linecard is there again. */
function isBack() {
  return desk.getByText("The connection to Linecard is lost").waitFor({ state: "detached" });
}

function since(then) {
  return Math.round(performance.now() - then);
}

story("no page of these calls failed or broke its own policy", () => {
  // Chromium reports each connection that was refused meanwhile.
  const faults = office.alice.person.faults.filter(
    (fault) => !/ERR_(CONNECTION|EMPTY|SOCKET)|WebSocket connection|status of 429/.test(fault),
  );
  assert.deepEqual(faults, []);
});

async function customerTalks() {
  // The desk phone rings, too: what nobody hears is sent again for half a minute (RFC 3261, 17.1.1.2),
  // and the phone of the next story would take it for its own call.
  const phone = await asterisk.rings("101");
  const outside = asterisk.calls("trunk", ALICE, ECHO);
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await phone.finish();
  await hearsTone(desk, TONES.alice);
  return outside;
}

/** Desk's next description of a call gets no answer: lost itself, or with all that comes after it. */
function losesTheNextOffer(arrives) {
  return desk.evaluate((passes) => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (message) {
      const isOffer = String(message).startsWith("INVITE ");
      if (passes || !isOffer) send.call(this, message);
      if (!isOffer) return;
      WebSocket.prototype.send = send;
      this.onmessage = null;
      window.isOfferLost = true;
    };
    window.isOfferLost = false;
  }, arrives);
}

/** How often the page has described its sound to the other side. */
function offersMade() {
  return desk.evaluate(() => window.offersMade);
}

/** The phone system has been told of the new way in one more description, and has answered it. */
function isRenewed(offers) {
  return eventually("the phone system knows the new way", async () => {
    const pending = () => window.connectionsOfCalls.some((one) => one.pendingLocalDescription);
    return (await offersMade()) > offers && !(await desk.evaluate(pending));
  });
}

async function callsKept() {
  return (await office.api.read("/calls?limit=50")).calls.length;
}

async function isOverAtTheSoftphone() {
  await cardIs(desk, "ended");
  await eventually("the softphone has let go", () =>
    desk.evaluate(() => window.connectionsOfCalls.every((one) => one.signalingState === "closed")),
  );
}
