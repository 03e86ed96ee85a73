// A request that is lost with the way to the server: JsSIP ends its call. But the sound has a way of its
// own and goes on, and whoever has signed on again describes the call anew.
import type { RTCSession } from "jssip/lib/RTCSession";

/** What JsSIP has, and types do not tell. */
interface Requests {
  onTransportError(): void;
  sendRequest(method: "ACK"): void;
}

export interface LostRequests {
  /**
   * Before the call is described anew. Maybe not the last description was lost, but its answer: the
   * phone system repeats that for 32 s to a socket that is gone, takes no other description meanwhile,
   * and then ends the call (RFC 3261, 13.3.1.4). This says that it was heard.
   */
  settle(): void;
}

/** Keeps a call that is talked through. One that still rings ends, as before. */
export function outlivesLostRequests(session: RTCSession): LostRequests {
  const requests = session as unknown as Requests;
  const ends = requests.onTransportError.bind(session);
  let wasLost = false;
  requests.onTransportError = () => {
    if (session.isEstablished()) wasLost = true;
    else ends();
  };
  return {
    settle: () => {
      if (wasLost && !session.isEnded()) requests.sendRequest("ACK");
      wasLost = false;
    },
  };
}
