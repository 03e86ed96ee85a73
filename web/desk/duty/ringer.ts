// The ringing tone, made by the browser itself: two soft tones, one second in three.

const TONES_HZ = [523.25, 659.25];
const EVERY_MS = 3_000;
const LOUDNESS = 0.16;

/** Not in every browser yet (Audio Output Devices API): without it the system chooses. */
interface WithSink {
  setSinkId?(id: string): Promise<void>;
}

/** Rings once through a device; empty: the system's choice. Call it from a click. */
export async function tryOut(device: string): Promise<void> {
  const audio = await openedOn(device);
  await ring(audio);
  await audio.close();
}

export class Ringer {
  #audio: AudioContext | null = null;
  #device = "";
  #timer: ReturnType<typeof setInterval> | null = null;

  /** Call it from a click: browsers keep a page silent until the person has done something. */
  async unlock(): Promise<void> {
    this.#audio ??= await openedOn(this.#device);
    await this.#audio.resume();
  }

  /** Rings through this device from now on; empty: the system's choice. */
  use(device: string): void {
    if (device === this.#device) return;
    this.#device = device;
    if (this.#audio) void sendTo(this.#audio, device);
  }

  /** True while the browser would keep the tone silent. */
  get blocked(): boolean {
    return this.#audio?.state !== "running";
  }

  start(): void {
    if (this.#timer) return;
    this.#sound();
    this.#timer = setInterval(() => this.#sound(), EVERY_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #sound(): void {
    const audio = this.#audio;
    if (audio?.state === "running") void ring(audio);
  }
}

/**
 * A new one plays on the system's choice. To ask for that once more opens the device anew, and fails
 * on a computer without sound.
 */
async function openedOn(device: string): Promise<AudioContext> {
  const audio = new AudioContext();
  if (device) await sendTo(audio, device);
  return audio;
}

/** A device that is gone by now leaves the sound where it was. */
async function sendTo(audio: AudioContext, device: string): Promise<void> {
  try {
    await (audio as WithSink).setSinkId?.(device);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
  }
}

/** The tone, once; resolves when it is over. */
function ring(audio: AudioContext): Promise<void> {
  return new Promise((over) => {
    for (const offset of [0, 0.5]) {
      for (const [index, hertz] of TONES_HZ.entries()) {
        const from = audio.currentTime + offset + index * 0.08;
        const tone = new OscillatorNode(audio, { frequency: hertz });
        const volume = new GainNode(audio, { gain: 0 });
        // Ramps instead of steps: a step is heard as a click.
        volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.03);
        volume.gain.linearRampToValueAtTime(0, from + 0.4);
        tone.connect(volume).connect(audio.destination);
        tone.start(from);
        tone.stop(from + 0.45);
        if (offset > 0 && index === TONES_HZ.length - 1) tone.onended = () => over();
      }
    }
  });
}
