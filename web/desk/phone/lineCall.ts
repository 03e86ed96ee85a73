// One call at the softphone: its SIP session and its sound.

import type { RTCSession } from "jssip/lib/RTCSession";
import type { IncomingRequest } from "jssip/lib/SIPMessage";
import type { SoundReport } from "@/api/desk";
import { describesInTime } from "./iceServers";
import { type LostRequests, outlivesLostRequests } from "./lostRequests";
import { microphone, silence, troubleOf } from "./microphone";
import type { PhoneEvent } from "./phone";
import { measuresSound, type SoundMeter } from "./soundMeter";
import { looksForAnotherWay, watchSound } from "./wayOfSound";

/** What names a call at the phone system (RFC 3261, 12). JsSIP keeps the tags, and types do not
 * tell so. */
interface Dialog {
  call_id: string;
  from_tag: string;
  to_tag: string;
}

/** The ids of the devices to talk with; empty: the system's choice. */
export interface Devices {
  microphone: string;
  speaker: string;
}

export class LineCall {
  readonly id: string;
  readonly #session: RTCSession;
  readonly #dialog: Dialog;
  readonly #happen: (event: PhoneEvent) => void;
  /** The far side is heard through it; without an element a browser plays nothing. */
  readonly #speaker = new Audio();
  readonly #way: () => RTCConfiguration;
  readonly #lost: LostRequests;
  #devices: Devices;
  #voice: MediaStream | null = null;
  #meter: SoundMeter | null = null;
  #soundLost = false;

  constructor(
    session: RTCSession,
    request: IncomingRequest,
    devices: Devices,
    way: () => RTCConfiguration,
    happen: (event: PhoneEvent) => void,
    onSoundLost: () => void,
    onOver: (sound: SoundReport | null) => void,
  ) {
    this.id = session.id;
    this.#session = session;
    this.#dialog = request as unknown as Dialog;
    this.#happen = happen;
    this.#devices = devices;
    this.#way = way;
    this.#speaker.autoplay = true;
    this.#hearThrough(devices.speaker);
    describesInTime(session, way);
    this.#lost = outlivesLostRequests(session);
    const { id } = this;
    watchSound(session, (lost) => {
      this.#soundLost = lost;
      happen({ what: "sound", id, lost });
      if (lost) onSoundLost();
    });
    session.on("peerconnection", ({ peerconnection }) => {
      this.#meter = measuresSound(peerconnection);
      peerconnection.addEventListener("track", ({ streams }) => {
        this.#speaker.srcObject = streams[0] ?? null;
      });
    });
    session.on("accepted", () => happen({ what: "answered", id }));
    session.on("hold", ({ originator }) => this.#held(originator, true));
    session.on("unhold", ({ originator }) => this.#held(originator, false));
    session.on("muted", () => happen({ what: "muted", id, on: true }));
    session.on("unmuted", () => happen({ what: "muted", id, on: false }));
    const over = () => {
      this.#speaker.srcObject = null;
      if (this.#voice) silence(this.#voice);
      this.#meter?.stop();
      onOver(this.sound);
    };
    session.on("ended", over);
    session.on("failed", over);
  }

  get isEstablished(): boolean {
    return this.#session.isEstablished();
  }

  /** How the sound has been until now; `null`: nothing was said. */
  get sound(): SoundReport | null {
    return this.#meter?.last() ?? null;
  }

  /** Picks up; the microphone is asked for. */
  answer(): void {
    const session = this.#session;
    void microphone(this.#devices.microphone).then(
      (sound) => {
        // The caller may have given up while the person was asked.
        if (!session.isInProgress()) return silence(sound);
        this.#speakThrough(sound);
        session.answer({ mediaStream: sound, pcConfig: this.#way() });
      },
      (error: unknown) => this.#happen({ what: "no_microphone", trouble: troubleOf(error) }),
    );
  }

  /** Talks on with other devices. */
  use(devices: Devices): void {
    const before = this.#devices;
    this.#devices = devices;
    if (devices.speaker !== before.speaker) this.#hearThrough(devices.speaker);
    if (devices.microphone !== before.microphone) this.#changeMicrophone();
  }

  hangUp(): void {
    if (!this.#session.isEnded()) this.#session.terminate();
  }

  mute(on: boolean): void {
    if (on) this.#session.mute({ audio: true });
    else this.#session.unmute({ audio: true });
  }

  /** Resolves when the far side is held, or there is nobody to hold. */
  hold(): Promise<void> {
    return new Promise((held) => {
      const isUnderWay = this.#session.isEstablished() && this.#session.hold({}, held);
      if (!isUnderWay) return held();
      // JsSIP ends a call that cannot be held, and then says nothing of the hold.
      this.#session.on("ended", () => held());
    });
  }

  resume(): void {
    this.#session.unhold();
  }

  press(key: string): void {
    const transportType = "RFC2833" as NonNullable<
      Parameters<RTCSession["sendDTMF"]>[1]
    >["transportType"];
    this.#session.sendDTMF(key, { transportType });
  }

  /**
   * Joins the far sides of this call and another, and leaves both: an attended transfer.
   * @param user the softphone's name in SIP
   */
  async join(other: LineCall, user: string): Promise<void> {
    const { URI } = await import("jssip");
    const { call_id, from_tag, to_tag } = other.#dialog;
    // As the phone system has it, which began the call: its own tag is the one of From (RFC 3891, 3).
    const ids = `${call_id};to-tag=${from_tag};from-tag=${to_tag}`;
    const target = new URI("sip", user, "linecard.invalid", undefined, undefined, {
      Replaces: encodeURIComponent(ids),
    });
    const failed = () => this.#happen({ what: "not_joined", id: this.id });
    const eventHandlers = {
      requestFailed: failed,
      failed,
      accepted: () => {
        this.hangUp();
        other.hangUp();
      },
    };
    this.#session.refer(target, { eventHandlers });
  }

  get isSoundLost(): boolean {
    return this.#soundLost;
  }

  /**
   * The phone system has been told of a new way here: what it says of this call comes by it, and so
   * may the sound.
   */
  renew(): void {
    this.#lost.settle();
    looksForAnotherWay(this.#session, this.#way());
  }

  #speakThrough(sound: MediaStream): void {
    if (this.#voice) silence(this.#voice);
    this.#voice = sound;
    // It was pulled: the browser does not go over to another one by itself.
    for (const track of sound.getTracks()) track.onended = () => this.#changeMicrophone();
  }

  #hearThrough(speaker: string): void {
    this.#speaker.setSinkId?.(speaker).catch((error: unknown) => {
      // Gone by now: the list of devices changes with it, and another one is used.
      if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
    });
  }

  /** Puts the sound of the microphone of now in the place of the one before. */
  #changeMicrophone(): void {
    if (!this.#voice) return;
    void microphone(this.#devices.microphone).then(
      async (sound) => {
        const [track] = sound.getAudioTracks();
        const sender = this.#session.connection?.getSenders().find((one) => one.track);
        if (!track || !sender || this.#session.isEnded()) return silence(sound);
        // Who was muted or held stays so.
        track.enabled = sender.track?.enabled ?? true;
        await sender.replaceTrack(track);
        this.#speakThrough(sound);
      },
      (error: unknown) => this.#happen({ what: "no_microphone", trouble: troubleOf(error) }),
    );
  }

  #held(by: string, on: boolean): void {
    if (by === "local") this.#happen({ what: "held", id: this.id, on });
  }
}
