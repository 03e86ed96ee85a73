// Microphone, speaker and ringer are chosen apart, remembered, changed in mid-call, and given up for the
// system's own when a headset is pulled: the far end goes on hearing the agent.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { cardIs } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { ALICE, hearsTone, openSoftphones, TONES } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

const HEADSET = "Fake Audio Input 1";
const LOUDSPEAKER = "Fake Audio Output 2";

let office;
let desk;

before(async () => {
  office = await openSoftphones();
  desk = office.alice.desk;
});

story("devices are chosen apart and remembered", async () => {
  await desk.getByRole("button", { name: "Sound", exact: true }).click();
  const dialog = desk.getByRole("dialog", { name: "Sound" });
  await dialog.waitFor();
  await isAccessible(desk, "the choice of sound devices");
  await picks(dialog, "Ringer", LOUDSPEAKER);
  await picks(dialog, "Microphone", HEADSET);
  await desk.reload();
  await desk.getByRole("button", { name: "Sound", exact: true }).click();
  assert.equal(await dialog.getByRole("combobox", { name: "Ringer" }).inputValue(), LOUDSPEAKER);
  assert.equal(await dialog.getByRole("combobox", { name: "Microphone" }).inputValue(), HEADSET);
  assert.equal(
    await dialog.getByRole("combobox", { name: "Speaker" }).inputValue(),
    "As the computer is set",
  );
  await dialog.getByRole("button", { name: "Close" }).click();
});

story("a call goes on through another microphone and another speaker", async () => {
  const outside = office.asterisk.calls("trunk", ALICE, { number: "14155550134", echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await speaksThrough(HEADSET);
  await hearsTone(desk, TONES.alice);

  await desk.getByRole("button", { name: "Sound", exact: true }).click();
  const dialog = desk.getByRole("dialog", { name: "Sound" });
  await picks(dialog, "Microphone", "Fake Audio Input 2");
  await picks(dialog, "Speaker", LOUDSPEAKER);
  await dialog.getByRole("button", { name: "Close" }).click();
  await speaksThrough("Fake Audio Input 2");
  await eventually("the call is heard through the other speaker", async () => {
    const loudspeaker = await idOf(LOUDSPEAKER);
    return desk.evaluate((id) => window.speakerOfCall?.sinkId === id, loudspeaker);
  });
  await hearsTone(desk, TONES.alice);

  await pulls("Fake Audio Input 2");
  await desk.getByText("Not plugged in: Fake Audio Input 2").waitFor();
  await isAccessible(desk, "a headset that was pulled");
  await speaksThrough("Fake Default Audio Input");
  await hearsTone(desk, TONES.alice);
  await pulls(null);
  await desk.getByText("Not plugged in").waitFor({ state: "detached" });
  await speaksThrough("Fake Audio Input 2");
  await hearsTone(desk, TONES.alice);

  await (await cardIs(desk, "talking")).getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
});

story("no page of these calls failed or broke its own policy", () => {
  assert.deepEqual(office.alice.person.faults, []);
});

async function picks(dialog, label, option) {
  await dialog.getByRole("combobox", { name: label }).click();
  await desk.getByRole("option", { name: option, exact: true }).click();
}

/** Waits until the microphone of the newest call is this one. */
function speaksThrough(label) {
  return eventually(`${label} is the microphone`, () =>
    desk.evaluate((wanted) => {
      const senders = window.connectionsOfCalls?.at(-1)?.getSenders() ?? [];
      return senders.some(({ track }) => track?.label.includes(wanted));
    }, label),
  );
}

function idOf(label) {
  return desk.evaluate(async (wanted) => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.find((device) => device.label === wanted)?.deviceId;
  }, label);
}

/** Takes a device away, as the browser tells it; `null`: all are there again. */
function pulls(label) {
  return desk.evaluate((gone) => {
    const { mediaDevices } = navigator;
    window.allDevices ??= mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () =>
      (await window.allDevices()).filter((device) => device.label !== gone);
    mediaDevices.dispatchEvent(new Event("devicechange"));
  }, label);
}
