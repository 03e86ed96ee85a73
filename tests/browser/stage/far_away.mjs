// Somebody far away: a browser in a network of its own that reaches the company by two doors only,
// Linecard's page and a TURN server. The phone system's addresses lead nowhere from there.
//
//     company (this machine) ── turn ── home
//
// `turn` and `home` are network namespaces; nothing is forwarded between the two cables. Linux lets
// root make them.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.mjs";
import { freshFolder } from "./folder.mjs";
import { CHECKOUT } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

const DOORWAY = fileURLToPath(new URL("doorway.mjs", import.meta.url));
/** Shared with Linecard; what the documentation has in its place is replaced by it. */
const SECRET = "north-star-lead-me-home";
const PORT = 3478;

/** Makes the two networks. Whoever is not root cannot. */
export function farAway() {
  if (process.getuid() !== 0) {
    throw new Error("networks of their own are made by root only: run this story as root");
  }
  const place = new FarAway();
  place.build();
  return place;
}

class FarAway {
  #turn = `lc${process.pid}turn`;
  #home = `lc${process.pid}home`;
  #cable = `lc${process.pid}`;
  // Blocks of four addresses that no other run has: 10.208.0.0/12 has room for a million of them.
  #company = address(0, 1);
  #towardsCompany = address(0, 2);
  #towardsHome = address(1, 1);
  #own = address(1, 2);
  /** Another network at the same place, with another address. */
  #others = [address(2, 1), address(2, 2)];
  #passing = new Set();
  #isShut = false;

  build() {
    for (const network of [this.#turn, this.#home]) {
      ip("netns", "add", network);
      atTheEnd(async () => ip("netns", "del", network));
      ip("-n", network, "link", "set", "lo", "up");
    }
    ip("link", "add", this.#cable, "type", "veth", "peer", "name", "company", "netns", this.#turn);
    ip("addr", "add", `${this.#company}/30`, "dev", this.#cable);
    ip("link", "set", this.#cable, "up");
    const turn = (...words) => ip("-n", this.#turn, ...words);
    turn("addr", "add", `${this.#towardsCompany}/30`, "dev", "company");
    turn("link", "set", "company", "up");
    turn("link", "add", "home", "type", "veth", "peer", "name", "outside", "netns", this.#home);
    turn("addr", "add", `${this.#towardsHome}/30`, "dev", "home");
    turn("link", "set", "home", "up");
    ip("-n", this.#home, "addr", "add", `${this.#own}/30`, "dev", "outside");
    ip("-n", this.#home, "link", "set", "outside", "up");
  }

  /** Linecard's environment for softphones that go by the TURN server here. */
  async softphones() {
    const file = join(await freshFolder(), "turn.secret");
    await writeFile(file, `${SECRET}\n`);
    return {
      LINECARD_SOFTPHONE_TURN: `turn:${this.#towardsHome}:${PORT}?transport=udp`,
      LINECARD_SOFTPHONE_TURN_SECRET_FILE: file,
    };
  }

  /** Debian's coturn between the two, set up as docs/asterisk.md says. */
  async startsTurn() {
    const folder = await freshFolder();
    const file = join(folder, "turnserver.conf");
    const page = await readFile(join(CHECKOUT, "docs/asterisk.md"), "utf8");
    const [, documented] = page.match(/`\/etc\/turnserver\.conf`[^`]*\n```\n([^`]*)```/);
    const settings = documented
      .replaceAll("203.0.113.7", this.#towardsHome)
      .replaceAll("192.0.2.7", this.#towardsCompany)
      .replaceAll("192.0.2.5", this.#company)
      .replace("a long random text", SECRET);
    await writeFile(file, settings);
    const turn = this.#starts(this.#turn, [
      ...["turnserver", "-c", file, "--log-file=stdout"],
      ...[`--pidfile=${join(folder, "pid")}`, `--userdb=${join(folder, "turndb")}`],
    ]);
    const listens = `:${PORT.toString(16).toUpperCase().padStart(4, "0")} `;
    await eventually("the TURN server listens", async () => {
      if (turn.exitCode !== null) throw new Error(`coturn ended with ${turn.exitCode}`);
      return (await readFile(`/proc/${turn.pid}/net/udp`, "utf8")).includes(listens);
    });
  }

  /** Lets the page of Linecard be reached at its own address. */
  async opensDoor(home) {
    const port = new URL(home).port;
    const path = join(await freshFolder(), "door");
    const server = createServer((near) => {
      if (this.#isShut) return near.destroy();
      this.#passing.add(near);
      near.on("close", () => this.#passing.delete(near));
      const far = connect(port, "127.0.0.1");
      near.pipe(far).pipe(near);
      near.on("error", () => far.destroy());
      far.on("error", () => near.destroy());
    });
    server.listen(path);
    await once(server, "listening");
    atTheEnd(async () => server.close());
    const doorway = this.#starts(this.#home, [process.execPath, DOORWAY, port, path]);
    await once(doorway.stdout, "data");
  }

  /** The network is gone: nothing comes through, and whatever was on its way is lost. */
  loses() {
    this.#isShut = true;
    for (const one of this.#passing) one.destroy();
    ip("-n", this.#home, "link", "set", "outside", "down");
  }

  /** Another network has taken its place, as when somebody walks out of the radio's reach. */
  finds() {
    const [theirs, own] = this.#others;
    ip("-n", this.#turn, "addr", "add", `${theirs}/30`, "dev", "home");
    const home = (...words) => ip("-n", this.#home, ...words);
    home("addr", "flush", "dev", "outside");
    home("addr", "add", `${own}/30`, "dev", "outside");
    home("link", "set", "outside", "up");
    home("route", "add", this.#towardsHome, "via", theirs);
    this.#isShut = false;
  }

  /** The path of a program that starts Chromium at home. */
  async chromium() {
    const path = join(await freshFolder(), "chromium");
    const command = `exec ip netns exec ${this.#home} /usr/bin/chromium "$@"`;
    await writeFile(path, `#!/bin/sh\n${command}\n`);
    await chmod(path, 0o755);
    return path;
  }

  #starts(network, command) {
    const started = spawn("ip", ["netns", "exec", network, ...command], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(started, "close");
    atTheEnd(async () => {
      started.kill();
      await ended;
    });
    return started;
  }
}

/** @param {0 | 1 | 2} cable @param {1 | 2} end */
function address(cable, end) {
  const block = ((process.pid * 4 + cable) * 4) % 2 ** 20;
  const number = (10 << 24) + (208 << 16) + block + end;
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
}

function ip(...words) {
  execFileSync("ip", words, { stdio: ["ignore", "ignore", "inherit"] });
}
