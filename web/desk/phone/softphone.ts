// The softphone: SIP and sound behind a few words. Loaded when it is first needed; the server's
// `/sip` answers the phone system's challenge, so there is no password here.

import type { RTCSessionEvent, UA } from "jssip/lib/UA";
import type { IceServer } from "@/api/desk";
import { type Devices, LineCall } from "./lineCall";
import { MOST_CALLS, type PhoneEvent } from "./phone";

/** What the phone system says of a call to the softphone it belongs to. */
const CALL = "X-Linecard-Call";
/** The agent asked for the call in this page: it is picked up at once. */
const AUTO = "X-Linecard-Auto";

/** The server knows the password, and puts it in. JsSIP answers no challenge without one. */
const NO_PASSWORD = "-";

/** A call whose way to the server is lost has its buttons back within three seconds. */
const BACK_AFTER_SECONDS = 1;

/** Each deed names its call by the softphone's own id of it. */
export interface Softphone {
  /** Picks up, and holds whoever was talked with; the microphone is asked for. */
  answer(id: string): void;
  hangUp(id: string): void;
  mute(id: string, on: boolean): void;
  /** Holds, or talks on and holds the other call. */
  hold(id: string, on: boolean): void;
  /** A key of a phone, for menus at the other end. */
  press(id: string, key: string): void;
  /** Joins the far sides of two calls, and leaves both. */
  join(id: string, other: string): void;
  /** Talks with these devices from now on, also in a call that is under way. */
  use(devices: Devices): void;
  /** Finds its way by these servers from now on. */
  findWayBy(servers: readonly IceServer[]): void;
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
    connection_recovery_min_interval: BACK_AFTER_SECONDS,
    user_agent: "Linecard Desk",
  });
  const phone = new Line(agent, user, happen);
  agent.start();
  return phone;
}

class Line implements Softphone {
  readonly #agent: UA;
  readonly #user: string;
  readonly #calls = new Map<string, LineCall>();
  #happen: (event: PhoneEvent) => void;
  #wasCut = false;
  #iceServers: readonly IceServer[] = [];
  #devices: Devices = { microphone: "", speaker: "" };

  constructor(agent: UA, user: string, happen: (event: PhoneEvent) => void) {
    this.#agent = agent;
    this.#user = user;
    this.#happen = happen;
    agent.on("registered", () => this.#registered());
    agent.on("disconnected", () => this.#cut());
    agent.on("registrationFailed", () => this.#happen({ what: "refused" }));
    agent.on("newRTCSession", (event: RTCSessionEvent) => this.#rings(event));
  }

  answer(id: string): void {
    void this.#holdOthers(id).then(() => this.#calls.get(id)?.answer());
  }

  hangUp(id: string): void {
    this.#calls.get(id)?.hangUp();
  }

  mute(id: string, on: boolean): void {
    this.#calls.get(id)?.mute(on);
  }

  hold(id: string, on: boolean): void {
    if (on) void this.#calls.get(id)?.hold();
    else void this.#holdOthers(id).then(() => this.#calls.get(id)?.resume());
  }

  press(id: string, key: string): void {
    this.#calls.get(id)?.press(key);
  }

  join(id: string, other: string): void {
    const [one, two] = [this.#calls.get(id), this.#calls.get(other)];
    if (one && two) void one.join(two, this.#user);
  }

  use(devices: Devices): void {
    this.#devices = devices;
    for (const call of this.#calls.values()) call.use(devices);
  }

  findWayBy(servers: readonly IceServer[]): void {
    this.#iceServers = servers;
  }

  close(): void {
    this.#happen = () => {};
    this.#agent.stop();
  }

  async #holdOthers(id: string): Promise<void> {
    const others = [...this.#calls.values()].filter((call) => call.id !== id);
    await Promise.all(others.map((call) => call.hold()));
  }

  #registered(): void {
    this.#happen({ what: "registered", at: Date.now() });
    if (!this.#wasCut) return;
    this.#wasCut = false;
    // The phone system still sends to the socket that is gone, and its goodbye would not arrive.
    for (const call of this.#calls.values()) if (call.isEstablished) call.renew();
  }

  #cut(): void {
    this.#wasCut = true;
    this.#happen({ what: "cut" });
    // An answer would not reach the phone system any more: the desk phone rings on.
    for (const call of this.#calls.values()) if (!call.isEstablished) call.hangUp();
  }

  #rings({ originator, session, request }: RTCSessionEvent): void {
    if (originator !== "remote" || !("ruri" in request) || !("getHeaders" in request)) return;
    if (this.#calls.size >= MOST_CALLS) {
      session.terminate({ status_code: 486 });
      return;
    }
    const { id } = session;
    const call = new LineCall(
      session,
      request as ConstructorParameters<typeof LineCall>[1],
      this.#devices,
      () => ({ iceServers: [...this.#iceServers] }),
      (event) => this.#happen(event),
      () => {
        if (this.#calls.delete(id)) this.#happen({ what: "over", id });
      },
    );
    this.#calls.set(id, call);
    this.#happen({ what: "rings", id, call: request.getHeader(CALL) ?? null });
    if (request.getHeader(AUTO)) this.answer(id);
  }
}
