// Work that may be long, done in slices while the page has nothing to do.

/** A frame at 60 Hz has 16.7 ms; the page needs its part. */
export const SLICE_MS = 10;
/** A page that is never idle is looked at all the same, this long after. */
const LATEST_MS = 500;

/** Something that is done step by step; `false` when nothing is left. */
export type Steps = () => boolean;

/** What runs it; in tests a clock and an idle callback of their own. */
export interface Idle {
  now(): number;
  /** Calls back once, when there is time. `left` is how many milliseconds there are. */
  ask(run: (left: () => number) => void): void;
}

export const browserIdle: Idle = {
  now: () => performance.now(),
  ask: (run) =>
    requestIdleCallback(
      (deadline) => run(() => (deadline.didTimeout ? SLICE_MS : deadline.timeRemaining())),
      {
        timeout: LATEST_MS,
      },
    ),
};

export class Slices {
  readonly #steps: Steps;
  readonly #idle: Idle;
  #asked = false;
  #ended = false;

  /** @param steps one small piece of work a call, well below a millisecond */
  constructor(steps: Steps, idle: Idle = browserIdle) {
    this.#steps = steps;
    this.#idle = idle;
  }

  /** There is work; nothing happens when it is known already. */
  wake(): void {
    if (this.#asked || this.#ended) return;
    this.#asked = true;
    this.#idle.ask((left) => {
      this.#asked = false;
      if (this.#ended) return;
      const end = this.#idle.now() + Math.min(SLICE_MS, left());
      do {
        if (!this.#steps()) return;
      } while (this.#idle.now() < end);
      this.wake();
    });
  }

  end(): void {
    this.#ended = true;
  }
}
