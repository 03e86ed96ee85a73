// A real Asterisk, its phones and its trunk, as docs/developing.md describes them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "./eventually.mjs";
import { Program } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

/** Whoever answers waits for the other side to hang up, unless told otherwise. */
const LONG_SECONDS = 60;

/** Those of docs/developing.md. */
const EXTENSIONS = 8;

/**
 * @param {number} extensions how many it has in all
 * @param {{ softphones?: boolean }} more whether desk phones have a softphone beside them
 */
export async function asteriskUp(extensions = EXTENSIONS, { softphones = false } = {}) {
  const instance = `browser-${process.pid}`;
  // In a process group of its own: the end of the test's must not be the end of its tidying up.
  const holder = new Program(
    "xtask",
    [
      ...["asterisk", "up", "--json", "--hold", "--instance", instance],
      ...["--extensions", String(extensions)],
      ...(softphones ? ["--softphones"] : []),
    ],
    { detached: true },
  );
  atTheEnd(() => holder.finish());
  const [line] = await holder.says(/^\{.*\}$/);
  return new Asterisk(JSON.parse(line));
}

class Asterisk {
  constructor(facts) {
    this.facts = facts;
  }

  /** What Asterisk has written about what it does. */
  log() {
    return readFile(join(this.facts.directory, "log/full.log"), "utf8");
  }

  /** Crashes and starts anew, at the same ports with the same secrets and files. */
  async crashesAndStartsAgain() {
    const restart = ["asterisk", "restart", "--instance", this.facts.instance];
    const how = await new Program("xtask", restart).ended;
    if (how !== 0) throw new Error(`the restart ended with ${how}`);
  }

  /** Rings for a second and answers; listens when this resolves. */
  answers(who, seconds = LONG_SECONDS) {
    return this.#called("answers", who, ["--seconds", String(seconds)]);
  }

  /** Rings until the caller gives up; listens when this resolves. */
  rings(who) {
    return this.#called("rings", who, []);
  }

  /** Calls and hangs up after `seconds` unless the other side has. */
  calls(who, to, { number, seconds = LONG_SECONDS, echo = false } = {}) {
    const options = ["--to", to, "--seconds", String(seconds)];
    if (number) options.push("--number", number);
    // Gives back what it hears; else it has no sound.
    if (echo) options.push("--echo");
    return this.#player("calls", who, options);
  }

  /** Calls, holds the other side for a second, and hangs up `seconds` later unless it has. */
  holds(who, to, seconds = LONG_SECONDS) {
    return this.#player("holds", who, ["--to", to, "--seconds", String(seconds)]);
  }

  /** Calls and gives up after `seconds` of ringing. */
  givesUp(who, to, { number, seconds }) {
    const options = ["--to", to, "--seconds", String(seconds), "--number", number];
    return this.#player("gives-up", who, options);
  }

  #player(behaviour, who, options) {
    const { instance } = this.facts;
    const program = new Program(
      "xtask",
      ["sipp", behaviour, "--as", who, "--instance", instance, ...options],
      // SIPp draws screens on standard output, and says on standard error what went wrong.
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    atTheEnd(() => program.stop());
    return new Player(program, `${who} ${behaviour}`);
  }

  async #called(behaviour, who, options) {
    const player = this.#player(behaviour, who, options);
    const port = this.facts.phone_ports[who] ?? this.facts.trunk_port;
    const listens = eventually(`${who} listens`, () => isBound(port));
    // Who ends before never will.
    await Promise.race([listens, player.finish()]);
    return player;
  }
}

class Player {
  #program;
  #title;

  constructor(program, title) {
    this.#program = program;
    this.#title = title;
  }

  /** Waits for the end of its call, which must have gone as its scenario says. */
  async finish() {
    const how = await this.#program.ended;
    if (how !== 0) throw new Error(`${this.#title}: ${how}\n${this.#program.words}`);
  }
}

/** Whether somebody has this UDP port. It is not tried: SIPp may want it at that very moment. */
async function isBound(port) {
  const place = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const [, ...sockets] = (await readFile("/proc/net/udp", "utf8")).trim().split("\n");
  // proc(5): the second column is the local address.
  return sockets.some((line) => line.trim().split(/\s+/)[1].endsWith(place));
}
