// The softphone: SIP and sound behind a few words. Loaded when it is first needed; the server's
// `/sip` answers the phone system's challenge, so there is no password here.
import type { RTCSession } from "jssip/lib/RTCSession";
import type { RTCSessionEvent, UA } from "jssip/lib/UA";
import type { PhoneEvent } from "./phone";

/** What the phone system says of a call to the softphone it belongs to. */
const CALL = "X-Linecard-Call";
/** The agent asked for the call in this page: it is picked up at once. */
const AUTO = "X-Linecard-Auto";

/** The server knows the password, and puts it in. JsSIP answers no challenge without one. */
const NO_PASSWORD = "-";

/** Audio between machines of one network needs nobody to find the way. */
const CONNECTION: RTCConfiguration = { iceServers: [] };

export interface Softphone {
  /** Picks up; the microphone is asked for. */
  answer(): void;
  hangUp(): void;
  mute(on: boolean): void;
  hold(on: boolean): void;
  /** A key of a phone, for menus at the other end. */
  press(key: string): void;
  /** Signs off and ends what is going on. */
  close(): void;
}

/** @param user the softphone's name in SIP: `101-web` */
export async function openSoftphone(
  url: string,
  user: string,
  happen: (event: PhoneEvent) => void,
): Promise<Softphone> {
  const { UA, WebSocketInterface } = await import("jssip");
  // The server lets through only a contact of the own name, at an address that is none.
  const place = `${crypto.randomUUID()}.invalid`;
  const agent = new UA({
    sockets: [new WebSocketInterface(url)],
    uri: `sip:${user}@linecard.invalid`,
    contact_uri: `sip:${user}@${place};transport=ws`,
    password: NO_PASSWORD,
    session_timers: false,
    user_agent: "Linecard Desk",
  });
  const phone = new Line(agent, happen);
  agent.start();
  return phone;
}

class Line implements Softphone {
  #agent: UA;
  #happen: (event: PhoneEvent) => void;
  #session: RTCSession | null = null;
  /** The far side is heard through it; without an element a browser plays nothing. */
  #speaker = new Audio();
  #wasCut = false;

  constructor(agent: UA, happen: (event: PhoneEvent) => void) {
    this.#agent = agent;
    this.#happen = happen;
    this.#speaker.autoplay = true;
    agent.on("registered", () => this.#registered());
    agent.on("disconnected", () => this.#cut());
    agent.on("registrationFailed", () => this.#happen({ what: "refused" }));
    agent.on("newRTCSession", (event: RTCSessionEvent) => this.#rings(event));
  }

  answer(): void {
    const session = this.#session;
    if (!session) return;
    void microphone().then(
      (sound) => {
        // The caller may have given up while the person was asked.
        if (this.#session !== session || !session.isInProgress()) return silence(sound);
        session.on("ended", () => silence(sound));
        session.on("failed", () => silence(sound));
        session.answer({ mediaStream: sound, pcConfig: CONNECTION });
      },
      (error: unknown) => this.#happen({ what: "no_microphone", trouble: troubleOf(error) }),
    );
  }

  hangUp(): void {
    const session = this.#session;
    if (session && !session.isEnded()) session.terminate();
  }

  mute(on: boolean): void {
    if (on) this.#session?.mute({ audio: true });
    else this.#session?.unmute({ audio: true });
  }

  hold(on: boolean): void {
    if (on) this.#session?.hold();
    else this.#session?.unhold();
  }

  press(key: string): void {
    const transportType = "RFC2833" as NonNullable<
      Parameters<RTCSession["sendDTMF"]>[1]
    >["transportType"];
    this.#session?.sendDTMF(key, { transportType });
  }

  close(): void {
    this.#session = null;
    this.#speaker.srcObject = null;
    this.#happen = () => {};
    this.#agent.stop();
  }

  #registered(): void {
    this.#happen({ what: "registered" });
    if (!this.#wasCut) return;
    this.#wasCut = false;
    // The phone system still sends to the socket that is gone, and its goodbye would not arrive.
    if (this.#session?.isEstablished()) this.#session.renegotiate({ useUpdate: true });
  }

  #cut(): void {
    this.#wasCut = true;
    this.#happen({ what: "cut" });
    // An answer would not reach the phone system any more: the desk phone rings on.
    if (this.#session?.isInProgress()) this.#over(this.#session);
  }

  #rings({ originator, session, request }: RTCSessionEvent): void {
    if (originator !== "remote") return;
    // One call at a time; the desk phone takes a second one.
    if (this.#session) {
      session.terminate({ status_code: 486 });
      return;
    }
    this.#session = session;
    session.on("peerconnection", ({ peerconnection }) => {
      peerconnection.addEventListener("track", ({ streams }) => {
        this.#speaker.srcObject = streams[0] ?? null;
      });
    });
    session.on("accepted", () => this.#tell(session, { what: "answered" }));
    session.on("hold", (event) => this.#held(session, event.originator, true));
    session.on("unhold", (event) => this.#held(session, event.originator, false));
    session.on("muted", () => this.#tell(session, { what: "muted", on: true }));
    session.on("unmuted", () => this.#tell(session, { what: "muted", on: false }));
    session.on("ended", () => this.#over(session));
    session.on("failed", () => this.#over(session));
    const header = (name: string) => ("getHeader" in request ? request.getHeader(name) : null);
    this.#happen({ what: "rings", call: header(CALL) ?? null });
    if (header(AUTO)) this.answer();
  }

  #held(session: RTCSession, by: string, on: boolean): void {
    if (by === "local") this.#tell(session, { what: "held", on });
  }

  #over(session: RTCSession): void {
    if (this.#session !== session) return;
    this.#session = null;
    this.#speaker.srcObject = null;
    this.#happen({ what: "over" });
  }

  #tell(session: RTCSession, event: PhoneEvent): void {
    if (this.#session === session) this.#happen(event);
  }
}

/** Asks for the microphone; rejected where there is none or the person said no. */
function microphone(): Promise<MediaStream> {
  // Absent on a page without encryption, but for one of this very machine.
  if (!navigator.mediaDevices) return Promise.reject(new DOMException("", "SecurityError"));
  return navigator.mediaDevices.getUserMedia({ audio: true, video: false });
}

/** Tries the microphone: `null` when all is well, else what to tell. Call it from a click. */
export async function tryMicrophone(): Promise<MicrophoneTrouble | null> {
  try {
    silence(await microphone());
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

function silence(sound: MediaStream): void {
  for (const track of sound.getTracks()) track.stop();
}

export type MicrophoneTrouble = "denied" | "missing" | "insecure" | "busy";

/** The names are of the Media Capture specification, 10.3. */
export function troubleOf(error: unknown): MicrophoneTrouble {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "SecurityError":
      return "insecure";
    default:
      return "busy";
  }
}
