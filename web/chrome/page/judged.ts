// Has the worker judge what might be numbers: many texts at once, and each text only once.
import { MOST_TEXTS, type Place } from "../messages";

/** As many answers as are remembered: a page that renders anew asks the same again and again. */
const REMEMBERED = 4_000;

export class Judged {
  readonly #ask: (texts: readonly string[]) => Promise<readonly (readonly Place[])[]>;
  readonly #known = new Map<string, readonly Place[]>();
  #waiting = new Map<string, ((places: readonly Place[]) => void)[]>();
  #asking = false;

  /** @param ask asks the worker; when it fails the page goes on without these numbers */
  constructor(ask: (texts: readonly string[]) => Promise<readonly (readonly Place[])[]>) {
    this.#ask = ask;
  }

  /** What is known of `text`, without asking. */
  known(text: string): readonly Place[] | undefined {
    return this.#known.get(text);
  }

  /** The numbers in `text`; what is asked for until the next turn goes in one message. */
  of(text: string): Promise<readonly Place[]> {
    const known = this.#known.get(text);
    if (known) return Promise.resolve(known);
    return new Promise((done) => {
      const others = this.#waiting.get(text);
      if (others) others.push(done);
      else this.#waiting.set(text, [done]);
      if (this.#asking) return;
      this.#asking = true;
      setTimeout(() => void this.#askAll());
    });
  }

  /** Another country: what was judged by the old one's plan counts no more. */
  forget(): void {
    this.#known.clear();
  }

  async #askAll(): Promise<void> {
    while (this.#waiting.size > 0) {
      const now = [...this.#waiting].slice(0, MOST_TEXTS);
      for (const [text] of now) this.#waiting.delete(text);
      const answers = await this.#ask(now.map(([text]) => text)).catch(() => null);
      for (const [at, [text, waiting]] of now.entries()) {
        const places = answers?.[at];
        // Not remembered when the worker could not be asked: later it may answer.
        if (places) this.#remember(text, places);
        for (const done of waiting) done(places ?? []);
      }
    }
    this.#asking = false;
  }

  #remember(text: string, places: readonly Place[]): void {
    this.#known.set(text, places);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= REMEMBERED) break;
      this.#known.delete(oldest);
    }
  }
}
