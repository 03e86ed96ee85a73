// A session bus of one's own with a desktop's notification service on it (Debian's python3-dbusmock),
// which writes down what it is asked to show.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { eventually } from "./eventually.mjs";
import { atTheEnd } from "./teardown.mjs";

/** `<time> Notify "Linecard" 0 "icon" "title" "body" ...`, as the service writes a call of a method. */
const CALL = /^[\d.]+ (\w+)(?: (.*))?$/;
const TEMPLATE = "notification_daemon";
/** As desktops have it whose notifications can be clicked on. */
const ABILITIES = { capabilities: "body body-markup actions" };
const TEXT = /"([^"]*)"/g;
const SERVICE = "org.freedesktop.Notifications";
const PLACE = "/org/freedesktop/Notifications";

/** Resolves with the bus's address and what was shown. */
export async function startNotifications() {
  const bus = run("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=1"]);
  const [address] = await once(bus.lines, "line");
  const mock = ["-u", "-m", "dbusmock", "--template", TEMPLATE, "-p", JSON.stringify(ABILITIES)];
  const service = run("/usr/bin/python3", mock, { DBUS_SESSION_BUS_ADDRESS: address });
  const desktop = new Desktop(address);
  service.lines.on("line", (line) => desktop.heard(line));
  await eventually("the service answers", () => answers(address));
  return desktop;
}

function answers(address) {
  const ask = ["--print-reply", `--dest=${SERVICE}`, PLACE, `${SERVICE}.GetCapabilities`];
  return sends(address, ask).then(
    () => true,
    () => false,
  );
}

function sends(address, args) {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address };
  return promisify(execFile)("dbus-send", ["--session", ...args], { env });
}

function run(command, args, more = {}) {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...more },
  });
  const ended = once(child, "close");
  atTheEnd(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return { lines: createInterface({ input: child.stdout }) };
}

class Desktop {
  #said = [];
  /** How often one was taken away. */
  closed = 0;

  constructor(address) {
    this.address = address;
  }

  /** A text may go on in the next line. */
  heard(line) {
    const [, method, said] = line.match(CALL) ?? [];
    if (method === "CloseNotification") this.closed += 1;
    if (method === "Notify") this.#said.push(said);
    else if (method === undefined && this.#said.length > 0) {
      this.#said.push(`${this.#said.pop()}\n${line}`);
    }
  }

  /** Each notification that was asked for, in order. */
  get shown() {
    return this.#said.map((said) => {
      const [program, , title, body] = [...said.matchAll(TEXT)].map(([, text]) => text);
      return { program, title, body };
    });
  }

  /** The newest is clicked on. */
  async isClicked() {
    const signal = ["--type=signal", PLACE, `${SERVICE}.ActionInvoked`];
    await sends(this.address, [...signal, `uint32:${this.#newest}`, "string:default"]);
  }

  /** The id that the service has given it: a new one, but to what takes another's place. */
  get #newest() {
    let given = 0;
    let newest = 0;
    for (const said of this.#said) {
      const instead = Number(said.match(/^"[^"]*" (\d+) /)[1]);
      if (instead === 0) given += 1;
      newest = instead || given;
    }
    return newest;
  }

  /** The newest title. */
  get title() {
    return this.shown.at(-1)?.title;
  }
}
