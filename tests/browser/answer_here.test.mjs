// A call rings at the agent's desk phone and not at the computer: because the softphone was cut off
// when it came, or because the dial plan rings the desk phone alone. One click fetches it, on a real
// Asterisk, whose dial plan knows nothing of it.
import assert from "node:assert/strict";
import { before } from "node:test";
import { outsideHangsUp } from "./stage/ami.mjs";
import { isAccessible } from "./stage/axe.mjs";
import { cardIs, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecardOnCable } from "./stage/linecard.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

const ECHO = { number: "14155550134", echo: true };
/** Of docs/developing.md: rings no softphone. */
const DESK_PHONE_ALONE = "5551000";

let office;
let asterisk;
let desk;

before(async () => {
  office = await openSoftphones({ linecard: startLinecardOnCable });
  asterisk = office.asterisk;
  desk = office.alice.desk;
});

for (const { where, number, others, isCutOff } of [
  { where: "both devices", number: ALICE, others: [], isCutOff: true },
  { where: "a ring group of local channels", number: "5551025", others: ["102"], isCutOff: true },
  { where: "a dial plan that leaves the softphone out", number: DESK_PHONE_ALONE, others: [] },
  { where: "a ring group", number: "5551001", others: ["102", "104"] },
  { where: "a queue", number: "5551002", others: ["102"] },
]) {
  const when = isCutOff ? " after an outage" : "";
  story(`x5 a call to ${where} is fetched${when}, and every other phone stops`, async () => {
    const keptBefore = await callsKept();
    const deskPhone = await asterisk.rings("101");
    const otherPhones = await Promise.all(others.map((who) => asterisk.rings(who)));
    const outside = asterisk.calls("trunk", number, ECHO);
    const card = await cardIs(desk, "ringing");
    if (isCutOff) await isCutOffFor(card);
    await answerHere(card).waitFor();
    await isAccessible(desk, "a call that can be fetched");
    await answerHere(card).click();
    await talksHere(deskPhone);
    for (const phone of otherPhones) await phone.finish();
    await outsideHangsUp(asterisk.facts);
    await outside.finish();
    await isOverAtTheSoftphone();
    const elsewhere = others.map((who) => [who, "elsewhere"]);
    const call = await office.kept();
    assert.deepEqual(partsOf(call).sort(), [["101", "answered"], ...elsewhere]);
    assert.equal(await callsKept(), keptBefore + 1, "it stands once");
    await removesCard(desk);
  });
}

story("x5 Linecard starts anew in a fetched call: it goes on, and is kept once", async () => {
  const keptBefore = await callsKept();
  const deskPhone = await asterisk.rings("101");
  const outside = asterisk.calls("trunk", DESK_PHONE_ALONE, ECHO);
  await answerHere(await cardIs(desk, "ringing")).click();
  await talksHere(deskPhone);
  const { linecard } = office;
  await linecard.stop();
  await desk.getByText("The connection to Linecard is lost").waitFor();
  await linecard.start();
  await desk.getByText("The connection to Linecard is lost").waitFor({ state: "detached" });
  const card = await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  await card.getByRole("button", { name: "Mute" }).waitFor();
  await outsideHangsUp(asterisk.facts);
  await outside.finish();
  await isOverAtTheSoftphone();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  assert.equal(await callsKept(), keptBefore + 1, "it stands once");
  await removesCard(desk);
});

story(
  "x5 the caller gives up while it is fetched: the card says so, and a missed call stands",
  async () => {
    const keptBefore = await callsKept();
    const deskPhone = await asterisk.rings("101");
    asterisk.calls("trunk", DESK_PHONE_ALONE, ECHO);
    const card = await cardIs(desk, "ringing");
    await withholdsTheMicrophone();
    await answerHere(card).click();
    await desk.waitForFunction(() => window.isMicrophoneWanted);
    assert.equal(await answerHere(card).count(), 1, "what was clicked stays where it is");
    await outsideHangsUp(asterisk.facts);
    await deskPhone.finish();
    await desk.evaluate(() => window.givesTheMicrophone());
    await card.getByText("The call is over, or was answered elsewhere.").waitFor();
    await cardIs(desk, "ended");
    await card.getByText("The call is over, or was answered elsewhere.").waitFor();
    await isAccessible(desk, "a call that was gone when it was to be fetched");
    await isOverAtTheSoftphone();
    assert.deepEqual(partsOf(await office.kept()), [["101", "missed"]]);
    assert.equal(await callsKept(), keptBefore + 1, "what was tried is no call");
    await removesCard(desk);
  },
);

story("no page of these calls failed or broke its own policy", () => {
  // Chromium reports each connection that was refused meanwhile.
  const faults = office.alice.person.faults.filter(
    (fault) => !/ERR_(CONNECTION|EMPTY|SOCKET)|WebSocket connection/.test(fault),
  );
  assert.deepEqual(faults, []);
});

function answerHere(card) {
  return card.getByRole("button", { name: "Answer here" });
}

/** The softphone is away while the call rings, and comes back. */
async function isCutOffFor(card) {
  await card.getByRole("button", { name: "Answer", exact: true }).waitFor();
  const { cable } = office.linecard;
  await cable.cut();
  await card.getByText("It rings at your desk phone only").waitFor();
  assert.equal(await answerHere(card).count(), 0, "there is no way to the phone system yet");
  await cable.join();
}

/** The caller is heard at the computer, and the desk phone rings no more. */
async function talksHere(deskPhone) {
  const card = await cardIs(desk, "talking");
  await card.getByRole("button", { name: "Mute" }).waitFor();
  await hearsTone(desk, TONES.alice);
  await deskPhone.finish();
}

/** Whoever wants the microphone next waits for it. */
function withholdsTheMicrophone() {
  return desk.evaluate(() => {
    const devices = navigator.mediaDevices;
    const gives = devices.getUserMedia.bind(devices);
    const given = new Promise((give) => {
      window.givesTheMicrophone = give;
    });
    devices.getUserMedia = async (wanted) => {
      delete devices.getUserMedia;
      window.isMicrophoneWanted = true;
      await given;
      return gives(wanted);
    };
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
