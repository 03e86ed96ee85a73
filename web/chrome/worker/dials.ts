// Calls that were asked for by a click: each is sent under an id of its own, once more where no
// answer came, and the server places it once.
import type { Done } from "../messages";
import { type Key, text } from "../texts";
import type { Down, Socket } from "./socket";

type Answer = Extract<Down, { t: "dialled" | "not_dialled" }>;

/** How long an answer may take before the same is asked again. */
const ANSWER_MS = 4_000;
const TRIES = 2;

/** Why a call was not placed, by the server's code, in the reader's language. */
const WORDS: Record<string, Key> = {
  not_a_number: "dial_not_a_number",
  own_extension: "dial_own_extension",
  denied_number: "dial_denied",
  number_not_allowed: "dial_denied",
  too_many_calls: "dial_too_many",
  too_many_commands: "dial_too_many",
  cannot_dial: "dial_no_phone_system",
  phone_system_not_connected: "dial_no_phone_system",
  dial_not_known: "dial_not_known",
  own_phone_not_answered: "dial_own_phone",
  own_phone_busy: "dial_own_phone",
  own_phone_declined: "dial_own_phone",
  own_phone_unreachable: "dial_own_phone",
};

function words(code: string): string {
  return text(WORDS[code] ?? "dial_failed");
}

export class Dials {
  readonly #socket: Socket;
  readonly #say: (call: string, words: string) => void;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** The calls that were placed from here. */
  readonly #placed = new Set<string>();
  /** Why calls came no further of which it is not known whether they were placed from here. */
  readonly #failed = new Map<string, string>();

  /** @param say tells the agent that a call came no further */
  constructor(socket: Socket, say: (call: string, words: string) => void) {
    this.#socket = socket;
    this.#say = say;
  }

  answered(answer: Answer): void {
    if (answer.t === "dialled") {
      this.#placed.add(answer.call);
      const code = this.#failed.get(answer.call);
      if (code !== undefined) this.#say(answer.call, words(code));
    }
    this.#waiting.get(answer.id)?.(answer);
  }

  /** A call came no further, which may be told before the answer to who asked for it. */
  failed(call: string, code: string): void {
    if (this.#placed.has(call)) this.#say(call, words(code));
    else this.#failed.set(call, code);
  }

  async call(number: string): Promise<Done> {
    const id = crypto.randomUUID();
    for (let tried = 0; tried < TRIES; tried += 1) {
      await this.#socket.connect();
      const answer = await this.#ask(id, number);
      if (answer?.t === "dialled") return { ok: true };
      if (answer) return { ok: false, words: words(answer.code) };
    }
    return { ok: false, words: text("not_connected") };
  }

  /** `null`: nothing was answered in time. */
  #ask(id: string, number: string): Promise<Answer | null> {
    return new Promise((resolve) => {
      const end = (answer: Answer | null) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(end, ANSWER_MS, null);
      this.#waiting.set(id, end);
      void this.#socket.up().then(() => {
        if (this.#waiting.get(id) === end) this.#socket.say({ t: "dial", id, number });
      });
    });
  }
}
