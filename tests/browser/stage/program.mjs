// This project's own programs as child processes: built already, or through cargo.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const CHECKOUT = fileURLToPath(new URL("../../..", import.meta.url));

/** Far longer than any end takes; then the process is killed. */
const END_MS = 15_000;

const VARIABLES = { linecard: "LINECARD_TEST_BIN", xtask: "LINECARD_TEST_XTASK" };

/** A running program, and what it wrote so far: to standard error when only that is piped. */
export class Program {
  #process;
  #lines = [];
  #waiting = new Set();
  #ended;

  /**
   * @param {"linecard" | "xtask"} name
   * @param {string[]} args
   * @param {import("node:child_process").SpawnOptions} options
   */
  constructor(name, args, options = {}) {
    const built = process.env[VARIABLES[name]];
    const [command, ...first] = built
      ? [built]
      : ["cargo", "run", "--quiet", "--package", name === "xtask" ? name : "linecard", "--"];
    this.#process = spawn(command, [...first, ...args], {
      cwd: CHECKOUT,
      stdio: ["pipe", "pipe", "inherit"],
      ...options,
      env: { ...process.env, ...options.env },
    });
    this.#ended = new Promise((resolve) => {
      this.#process.once("error", (error) => resolve(error.message));
      this.#process.once("close", (code, signal) => resolve(signal ?? code));
    });
    const output = this.#process.stdout ?? this.#process.stderr;
    createInterface({ input: output }).on("line", (line) => {
      this.#lines.push(line);
      for (const look of this.#waiting) look();
    });
  }

  /** The first line that `pattern` matches, said already or still to come. */
  async says(pattern) {
    let look;
    const said = new Promise((resolve) => {
      look = () => {
        const line = this.#lines.find((one) => pattern.test(one));
        if (line !== undefined) resolve(line.match(pattern));
      };
      this.#waiting.add(look);
      look();
    });
    const over = this.#ended.then((how) => {
      throw new Error(`it ended (${how}) without saying ${pattern}:\n${this.words}`);
    });
    try {
      return await Promise.race([said, over]);
    } finally {
      this.#waiting.delete(look);
      over.catch(() => {});
    }
  }

  /** Everything it wrote so far. */
  get words() {
    return this.#lines.join("\n");
  }

  /** Resolves with the exit status, or the signal's name. */
  get ended() {
    return this.#ended;
  }

  /** What it holds in memory, in MB of a million bytes. */
  async resident() {
    const status = await readFile(`/proc/${this.#process.pid}/status`, "utf8");
    const [, kilobytes] = status.match(/^VmRSS:\s+(\d+) kB$/m);
    return (Number(kilobytes) * 1024) / 1e6;
  }

  /** Closes its standard input and waits for the end that brings. */
  async finish() {
    this.#process.stdin?.end();
    await this.#ended;
  }

  /** Asks it to end, and kills it when it does not. */
  async stop() {
    const kill = setTimeout(() => this.#process.kill("SIGKILL"), END_MS);
    this.#process.kill("SIGTERM");
    await this.#ended;
    clearTimeout(kill);
  }
}

/** Ports above those that Linux gives to whoever connects somewhere (32768 to 60999): a free one
 * stays free until it is listened at. */
const PORTS = { from: 61_000, below: 65_536 };
const given = new Set();

/** A port of 127.0.0.1 that nobody listens at, and that was not given before. */
export async function freePort() {
  const port = randomInt(PORTS.from, PORTS.below);
  if (given.has(port) || !(await isFree(port))) return freePort();
  given.add(port);
  return port;
}

function isFree(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
