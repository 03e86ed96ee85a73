// The ringing tone, made by the browser itself: two soft tones, one second in three.

const TONES_HZ = [523.25, 659.25];
const EVERY_MS = 3_000;
const LOUDNESS = 0.16;

export class Ringer {
  #audio: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** Call it from a click: browsers keep a page silent until the person has done something. */
  async unlock(): Promise<void> {
    this.#audio ??= new AudioContext();
    await this.#audio.resume();
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
    if (audio?.state !== "running") return;
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
      }
    }
  }
}
