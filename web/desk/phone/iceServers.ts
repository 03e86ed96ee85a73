// Answers when enough ways to the phone system are known, not when all servers have been heard: one that
// is down, or behind a firewall that swallows UDP, would keep the caller waiting for ten seconds.
import type { RTCSession } from "jssip/lib/RTCSession";

/** Whoever asked two servers and heard neither hears none. */
const PATIENCE_MS = 3_000;

interface Found {
  candidate: Pick<RTCIceCandidate, "type">;
  ready(): void;
}

/** What is still awaited while ways are looked for. */
export type Way = "any" | "outside" | "relay";

/** The farthest of the ways that these servers can open. */
export function farthestWay({ iceServers = [] }: RTCConfiguration): Way {
  const urls = iceServers.flatMap((server) => server.urls);
  if (urls.some((url) => url.startsWith("turn"))) return "relay";
  return urls.length > 0 ? "outside" : "any";
}

/** Whether a way that was found makes it needless to wait for more. */
export function suffices(type: RTCIceCandidateType | null, farthest: Way): boolean {
  if (farthest === "relay") return type === "relay";
  return farthest === "outside" && type === "srflx";
}

/** Has a call describe itself to the other side as soon as it can be reached. */
export function describesInTime(session: RTCSession, way: () => RTCConfiguration): void {
  // Each description has a `ready` of its own; done twice it does nothing.
  let described: (() => void) | null = null;
  session.on("icecandidate", ({ candidate, ready }: Found) => {
    if (suffices(candidate.type, farthestWay(way()))) return ready();
    if (described === ready) return;
    described = ready;
    setTimeout(ready, PATIENCE_MS);
  });
}
