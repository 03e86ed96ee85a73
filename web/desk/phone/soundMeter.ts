// How the sound of a call is, by what the browser counts of its packets (W3C webrtc-stats).
import type { SoundReport } from "@/api/desk";

/** The last look may be so long before the end: a call that has ended counts nothing any more. */
const LOOKS_EVERY_MS = 1_000;

export interface SoundMeter {
  /** What was measured at last; `null`: nothing yet. */
  last(): SoundReport | null;
  stop(): void;
}

export function measuresSound(peer: RTCPeerConnection): SoundMeter {
  let last: SoundReport | null = null;
  const look = async () => {
    last = reads([...(await peer.getStats()).values()]) ?? last;
  };
  const timer = setInterval(() => void look(), LOOKS_EVERY_MS);
  return { last: () => last, stop: () => clearInterval(timer) };
}

/** One entry of what the browser counts; what is there depends on its `type`. */
export type Counted = { id: string; type: string } & Record<string, unknown>;

/** `null` while nothing has been heard or said. */
export function reads(all: readonly Counted[]): SoundReport | null {
  const of = (type: string) =>
    all.find((one) => one.type === type && (one.kind === undefined || one.kind === "audio"));
  const heard = of("inbound-rtp");
  const sent = of("outbound-rtp");
  if (!heard || !(number(heard.packetsReceived) || number(sent?.packetsSent))) return null;
  const codec = all.find(({ id }) => id === heard.codecId);
  const told = of("remote-inbound-rtp");
  const pair = all.find(({ type, nominated }) => type === "candidate-pair" && nominated);
  const kept = number(heard.jitterBufferEmittedCount);
  const roundTrip = told?.roundTripTime ?? pair?.currentRoundTripTime;
  return {
    codec: String(codec?.mimeType ?? "").replace(/^audio\//, ""),
    heard: {
      packets: number(heard.packetsReceived),
      lost: number(heard.packetsLost),
      jitter_ms: milliseconds(heard.jitter),
    },
    said: told
      ? {
          packets: Math.max(0, number(sent?.packetsSent) - number(told.packetsLost)),
          lost: number(told.packetsLost),
          jitter_ms: milliseconds(told.jitter),
        }
      : null,
    round_trip_ms: roundTrip === undefined ? null : milliseconds(roundTrip),
    buffer_ms: kept ? milliseconds(number(heard.jitterBufferDelay) / kept) : 0,
  };
}

/** Packets that came twice make the count of the lost ones negative (RFC 3550, 6.4.1). */
function number(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}

function milliseconds(seconds: unknown): number {
  return Math.round(number(seconds) * 1_000);
}
