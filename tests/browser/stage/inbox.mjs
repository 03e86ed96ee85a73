// A mail server that we did not write: tests/clients/aiosmtpd.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CHECKOUT } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

const CLIENTS = join(CHECKOUT, "tests/clients");

/** Listens on loopback; `settings` are those of inbox.py. */
export async function startInbox(settings = {}) {
  execFileSync(join(CLIENTS, "prepare"), { stdio: ["ignore", "ignore", "inherit"] });
  const installed = execFileSync(join(CLIENTS, "prepare"), ["--where"], { encoding: "utf8" });
  const server = spawn(
    join(installed.trim(), "aiosmtpd/bin/python"),
    ["-B", join(CLIENTS, "aiosmtpd/inbox.py"), JSON.stringify(settings)],
    { stdio: ["pipe", "pipe", "ignore"] },
  );
  const ended = once(server, "close");
  atTheEnd(async () => {
    server.stdin.end();
    await ended;
  });
  const lines = createInterface({ input: server.stdout });
  const [port] = await once(lines, "line");
  const letters = [];
  const waiting = [];
  lines.on("line", (line) => {
    letters.push(JSON.parse(line));
    for (const heard of waiting.splice(0)) heard();
  });
  return {
    port: Number(port),
    /** Every letter so far, the oldest first. */
    letters,
    /** The first letter to `address` that came or comes. */
    async letterTo(address) {
      for (;;) {
        const letter = letters.find(({ to }) => to.includes(address));
        if (letter) return letter;
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
  };
}
