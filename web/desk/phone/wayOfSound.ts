// Watches whether the sound of a call finds its way, and looks for another one when it does not: the
// machine went from cable to radio, the VPN was opened, the network was away for a while.
import type { RTCSession } from "jssip/lib/RTCSession";

/** What JsSIP keeps of its last description, and types do not tell. */
interface Described {
  _iceReady: boolean;
}

/** @param tell whether the sound is lost, each time that this changes */
export function watchSound(session: RTCSession, tell: (lost: boolean) => void): void {
  session.on("peerconnection", ({ peerconnection }) => {
    let wasLost = false;
    const look = (event: Event) => {
      const state = peerconnection.iceConnectionState;
      // JsSIP would end the call; with another way it goes on.
      if (state === "failed") event.stopImmediatePropagation();
      const lost = state === "failed" || state === "disconnected";
      const found = state === "connected" || state === "completed";
      if (lost === wasLost || !(lost || found)) return;
      wasLost = lost;
      tell(lost);
    };
    // Captured: before JsSIP's own listener, which was there first.
    peerconnection.addEventListener("iceconnectionstatechange", look, { capture: true });
  });
}

/** Another description of the call is under way: one more has to wait for its answer (RFC 3261, 14.1). */
const NOT_NOW_MS = 250;

/** Describes the call anew, with all ways that there are now (RFC 8445, 2.4: an ICE restart). */
export function looksForAnotherWay(session: RTCSession, way: RTCConfiguration): void {
  if (session.isEnded()) return;
  if (!session.isReadyToReOffer()) {
    setTimeout(() => looksForAnotherWay(session, way), NOT_NOW_MS);
    return;
  }
  // Passes that were good when the call began may have ended.
  session.connection?.setConfiguration(way);
  // JsSIP would send the description before a single way is known, when the last one was sent early.
  (session as unknown as Described)._iceReady = false;
  session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
}
