import { describe, expect, it } from "vitest";
import { type Counted, reads } from "./soundMeter";

const heard: Counted = {
  id: "in",
  type: "inbound-rtp",
  kind: "audio",
  codecId: "c",
  packetsReceived: 980,
  packetsLost: 20,
  jitter: 0.0123,
  jitterBufferDelay: 57_600,
  jitterBufferEmittedCount: 960_000,
};
const codec: Counted = { id: "c", type: "codec", mimeType: "audio/opus" };
const sent: Counted = { id: "out", type: "outbound-rtp", kind: "audio", packetsSent: 1_000 };
const told: Counted = {
  id: "r",
  type: "remote-inbound-rtp",
  kind: "audio",
  packetsLost: 4,
  jitter: 0.003,
  roundTripTime: 0.046,
};
const pair: Counted = {
  id: "p",
  type: "candidate-pair",
  nominated: true,
  currentRoundTripTime: 0.08,
};

describe("how the sound of a call is", () => {
  it("is both directions, the way there and back, and what the browser keeps", () => {
    expect(reads([heard, codec, sent, told, pair])).toEqual({
      codec: "opus",
      heard: { packets: 980, lost: 20, jitter_ms: 12 },
      said: { packets: 996, lost: 4, jitter_ms: 3 },
      round_trip_ms: 46,
      buffer_ms: 60,
    });
  });

  it("is one direction where the far side says nothing", () => {
    const report = reads([heard, sent, pair]);
    expect(report?.said).toBeNull();
    expect(report?.round_trip_ms).toBe(80);
  });

  it("is not known before a packet has passed", () => {
    expect(reads([codec, pair])).toBeNull();
    expect(
      reads([
        { ...heard, packetsReceived: 0 },
        { ...sent, packetsSent: 0 },
      ]),
    ).toBeNull();
  });

  it("is nothing heard where packets only leave", () => {
    const report = reads([{ ...heard, packetsReceived: 0, packetsLost: 0 }, sent]);
    expect(report?.heard).toEqual({ packets: 0, lost: 0, jitter_ms: 12 });
  });

  it("loses nothing when packets come twice", () => {
    expect(reads([{ ...heard, packetsLost: -3 }, sent])?.heard.lost).toBe(0);
  });
});
