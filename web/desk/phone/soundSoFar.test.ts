import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SoundReport } from "@/api/desk";
import { tellsSoundSoFar } from "./soundSoFar";

const SOUND: SoundReport = {
  codec: "opus",
  heard: { packets: 1_500, lost: 3, jitter_ms: 4 },
  said: null,
  round_trip_ms: 20,
  buffer_ms: 60,
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("tells of a call that goes on each half minute, and when the page is closed", () => {
  const told: string[] = [];
  const stop = tellsSoundSoFar(
    () => [["a", SOUND]],
    (id) => told.push(id),
  );
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(["a", "a"]);
  window.dispatchEvent(new Event("pagehide"));
  expect(told).toHaveLength(3);
  stop();
  window.dispatchEvent(new Event("pagehide"));
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(3);
});
