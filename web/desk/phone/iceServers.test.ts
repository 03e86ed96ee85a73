import type { RTCSession } from "jssip/lib/RTCSession";
import { expect, test, vi } from "vitest";
import { describesInTime, farthestWay, suffices } from "./iceServers";

const STUN = { urls: ["stun:turn.example.com"] };
const TURN = { urls: ["turn:turn.example.com", "turns:turn.example.com:5349"] };

test("the farthest way is the one of the servers that there are", () => {
  expect(farthestWay({ iceServers: [] })).toBe("any");
  expect(farthestWay({ iceServers: [STUN] })).toBe("outside");
  expect(farthestWay({ iceServers: [STUN, TURN] })).toBe("relay");
});

test("a call that may need a relay waits for one, and one that may not does not", () => {
  expect(suffices("srflx", "relay")).toBe(false);
  expect(suffices("relay", "relay")).toBe(true);
  expect(suffices("host", "outside")).toBe(false);
  expect(suffices("srflx", "outside")).toBe(true);
});

test("a call is described once a relay is found, and after three seconds without one", () => {
  vi.useFakeTimers();
  let hear: (found: unknown) => void = () => {};
  const session = {
    on(_: string, listener: typeof hear) {
      hear = listener;
    },
  };
  describesInTime(session as unknown as RTCSession, () => ({ iceServers: [TURN] }));
  const found = (type: string, ready: () => void) => hear({ candidate: { type }, ready });
  const first = vi.fn();
  found("host", first);
  expect(first).not.toHaveBeenCalled();
  found("relay", first);
  expect(first).toHaveBeenCalledOnce();
  const second = vi.fn();
  found("host", second);
  found("srflx", second);
  vi.advanceTimersByTime(2_999);
  expect(second).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(second).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
