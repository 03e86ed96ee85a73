// Desk's socket: opened, kept alive, and opened again with a growing pause when it is lost.
import { type Down, parseDown, type Up } from "@/api/desk";
import { pauseMs } from "./backoff";

/** Quiet for so long: ask whether the other side is still there. */
const PING_EVERY_MS = 20_000;
/** No answer to that for so long: the line is dead even if the browser does not know. */
const PONG_WITHIN_MS = 10_000;

export type Line =
  | { state: "connecting" }
  | { state: "open" }
  /** `retryAt`: when the next attempt starts, in the browser's time. */
  | { state: "lost"; retryAt: number };

/** What the connection needs of the browser; tests hand in their own. */
export interface Surroundings {
  open(url: string): WebSocketLike;
  after(ms: number, run: () => void): () => void;
  random(): number;
  now(): number;
}

export interface WebSocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface Listeners {
  onMessage(message: Down): void;
  onLine(line: Line): void;
}

export interface DeskConnection {
  /** False when the line is down and nothing was sent. */
  send(message: Up): boolean;
  /** Tries at once instead of waiting out the pause. */
  retryNow(): void;
  close(): void;
}

export function connectDesk(
  url: string,
  listeners: Listeners,
  around: Surroundings = browser,
): DeskConnection {
  let socket: WebSocketLike | null = null;
  let isOpen = false;
  let closed = false;
  let failures = 0;
  let cancelRetry = () => {};
  let cancelWatch = () => {};

  const connect = () => {
    cancelRetry();
    listeners.onLine({ state: "connecting" });
    const mine = around.open(url);
    socket = mine;
    mine.onopen = () => {
      isOpen = true;
      listeners.onLine({ state: "open" });
      watch();
    };
    mine.onmessage = ({ data }) => {
      watch();
      const message = parseDown(data);
      if (!message) return;
      // Only a greeting proves that the server took us: a proxy may open and then drop.
      if (message.t === "hello") failures = 0;
      listeners.onMessage(message);
    };
    mine.onclose = () => lost(mine);
  };

  /** Starts the silence anew: everything that arrives proves that the line lives. */
  const watch = () => {
    cancelWatch();
    const watched = socket;
    cancelWatch = around.after(PING_EVERY_MS, () => {
      send({ t: "ping" });
      cancelWatch = around.after(PONG_WITHIN_MS, () => {
        if (!watched) return;
        watched.close();
        // A dead line may take minutes to report its closing.
        lost(watched);
      });
    });
  };

  const lost = (which: WebSocketLike) => {
    if (which !== socket || closed) return;
    which.onopen = which.onmessage = which.onclose = null;
    socket = null;
    isOpen = false;
    cancelWatch();
    failures += 1;
    const pause = pauseMs(failures, around.random());
    listeners.onLine({ state: "lost", retryAt: around.now() + pause });
    cancelRetry = around.after(pause, connect);
  };

  const send = (message: Up): boolean => {
    if (!socket || !isOpen) return false;
    socket.send(JSON.stringify(message));
    return true;
  };

  connect();
  return {
    send,
    retryNow: () => {
      if (!socket && !closed) connect();
    },
    close: () => {
      closed = true;
      cancelRetry();
      cancelWatch();
      if (socket) {
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
      }
    },
  };
}

const browser: Surroundings = {
  open: (url) => new WebSocket(url) as unknown as WebSocketLike,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  now: () => Date.now(),
};
