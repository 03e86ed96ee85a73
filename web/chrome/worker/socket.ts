// The socket to the server. It lives as long as the worker; an alarm of Chrome wakes the worker, and
// each start of it connects.
import type { components } from "@/api/schema";
import { pauseMs } from "@/desk/socket/backoff";

export type Down = components["schemas"]["DeviceDown"];
export type Up = components["schemas"]["DeviceUp"];
export type Link = "off" | "connecting" | "up";

export interface SocketParts {
  /** Where the socket is, and the token for it; throws where nobody is signed in. */
  door(): Promise<{ url: string; token: string; opened: string | null }>;
  /** Each message of the server, in order. */
  heard(message: Down): void;
  /** The server does not take the token. */
  turnedAway(): Promise<void>;
  changed(): void;
}

/** Chrome ends a worker that neither hears nor says anything for 30 s. */
const PING_MS = 20_000;
/** Two pings without an answer. */
const SILENT_MS = 45_000;
/** The server's own close code: show a new token. */
const SIGNED_OUT = 4401;

export class Socket {
  readonly #parts: SocketParts;
  #socket: WebSocket | null = null;
  #opening: Promise<void> | null = null;
  #up = false;
  #failures = 0;
  #heard = 0;
  /** Who waits for the server's greeting. */
  #greeted: (() => void)[] = [];
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(parts: SocketParts) {
    this.#parts = parts;
  }

  get link(): Link {
    if (this.#up) return "up";
    return this.#socket || this.#opening || this.#failures > 0 ? "connecting" : "off";
  }

  /** Attempts in a row that failed. */
  get failures(): number {
    return this.#failures;
  }

  /** Connects unless that is done or under way. */
  connect(): Promise<void> {
    if (this.#socket) return Promise.resolve();
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Comes true as soon as the server has greeted. */
  up(): Promise<void> {
    if (this.#up) return Promise.resolve();
    return new Promise((greeted) => this.#greeted.push(greeted));
  }

  /** `false`: it is not connected. */
  say(message: Up): boolean {
    if (!this.#up || !this.#socket) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Ends it; it does not come back by itself. */
  close(): void {
    const socket = this.#socket;
    this.#forget();
    this.#failures = 0;
    socket?.close(1000);
    this.#parts.changed();
  }

  async #open(): Promise<void> {
    let door: Awaited<ReturnType<SocketParts["door"]>>;
    try {
      door = await this.#parts.door();
    } catch {
      // Nobody is signed in, or the server does not answer: the alarm tries again.
      this.#failures += 1;
      this.#parts.changed();
      return;
    }
    const socket = new WebSocket(door.url);
    this.#socket = socket;
    this.#parts.changed();
    socket.addEventListener("open", () => {
      const { token, opened } = door;
      socket.send(JSON.stringify({ t: "hello", token, ...(opened ? { opened } : {}) }));
      this.#heard = Date.now();
      this.#timer = setInterval(() => this.#lookAfter(socket), PING_MS);
    });
    socket.addEventListener("message", ({ data }) => {
      this.#heard = Date.now();
      const message = JSON.parse(data) as Down;
      if (message.t === "hello") {
        this.#up = true;
        this.#failures = 0;
        for (const greeted of this.#greeted.splice(0)) greeted();
      }
      this.#parts.heard(message);
    });
    socket.addEventListener("close", ({ code }) => void this.#closed(socket, code));
  }

  #lookAfter(socket: WebSocket): void {
    if (Date.now() - this.#heard > SILENT_MS) socket.close(4000);
    else if (this.#up) this.say({ t: "ping" });
  }

  async #closed(socket: WebSocket, code: number): Promise<void> {
    if (this.#socket !== socket) return;
    this.#forget();
    this.#failures += 1;
    this.#parts.changed();
    if (code === SIGNED_OUT) await this.#parts.turnedAway();
    setTimeout(() => void this.connect(), pauseMs(this.#failures, Math.random()));
  }

  #forget(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#socket = null;
    this.#up = false;
  }
}
