// For states that announce themselves to nobody: asks again until they are there.
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 50;

/**
 * The first answer of `ask` that is true.
 * @param {string} what for the message when it never comes
 */
export async function eventually(what, ask) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`);
    await pause(LOOK_AGAIN_MS);
  }
}
