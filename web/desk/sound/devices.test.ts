import { expect, test } from "vitest";
import { choosable, readChoices, type SoundDevice, used } from "./devices";

const headset: SoundDevice = { id: "h1", label: "Headset", takes: "audioinput" };
const earpiece: SoundDevice = { id: "h2", label: "Headset", takes: "audiooutput" };
const chosen = { microphone: { id: "h1", label: "Headset" } };

function listed(kind: MediaDeviceKind, deviceId: string, label: string): MediaDeviceInfo {
  return { kind, deviceId, label, groupId: "", toJSON: () => ({}) };
}

test("real devices with a name can be chosen", () => {
  const devices = choosable([
    listed("audioinput", "default", "Default - Headset"),
    listed("audioinput", "h1", "Headset"),
    listed("audioinput", "x", ""),
    listed("videoinput", "c1", "Camera"),
    listed("audiooutput", "h2", "Headset"),
  ]);
  expect(devices).toEqual([headset, earpiece]);
});

test("what was chosen is used while it is there, by its name if it has another id", () => {
  expect(used("microphone", chosen, [headset, earpiece])).toEqual({ id: "h1", lost: null });
  const again = { ...headset, id: "h9" };
  expect(used("microphone", chosen, [again])).toEqual({ id: "h9", lost: null });
});

test("a headset that was pulled gives way to the system's choice, and is named", () => {
  expect(used("microphone", chosen, [earpiece])).toEqual({ id: "", lost: "Headset" });
});

test("nothing is said to be gone before the browser tells what there is", () => {
  expect(used("microphone", chosen, [])).toEqual({ id: "", lost: null });
  expect(used("ringer", chosen, [headset])).toEqual({ id: "", lost: null });
});

test("what was kept is read, and nonsense is nothing", () => {
  expect(readChoices(JSON.stringify(chosen))).toEqual(chosen);
  for (const kept of [null, "", "{", "null", "7", '{"microphone":{"id":""}}', '{"ringer":7}']) {
    expect(readChoices(kept)).toEqual({});
  }
});
