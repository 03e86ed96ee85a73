// The socket comes back by itself, at a growing pace, and notices a line that died in silence.
import { describe, expect, it } from "vitest";
import type { Down } from "@/api/desk";
import { pauseMs } from "./backoff";
import { connectDesk, type Line, type WebSocketLike } from "./connection";

/** A browser whose sockets and time are moved by hand. */
function stage() {
  const sockets: (WebSocketLike & { sent: string[]; url: string })[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const lines: Line[] = [];
  const messages: Down[] = [];
  let now = 0;
  const connection = connectDesk(
    "ws://x/desk/socket",
    { onLine: (line) => lines.push(line), onMessage: (message) => messages.push(message) },
    {
      open: (url) => {
        const sent: string[] = [];
        const socket = {
          url,
          sent,
          onopen: null,
          onmessage: null,
          onclose: null,
          send: (text: string) => sent.push(text),
          close: () => {},
        };
        sockets.push(socket);
        return socket;
      },
      after: (ms, run) => {
        const timer = { at: now + ms, run };
        timers.push(timer);
        return () => {
          const at = timers.indexOf(timer);
          if (at >= 0) timers.splice(at, 1);
        };
      },
      random: () => 1,
      now: () => now,
    },
  );
  const pass = (ms: number) => {
    now += ms;
    for (const timer of [...timers].filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
  };
  const last = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error("no socket was opened");
    return socket;
  };
  return { sockets, lines, messages, connection, pass, last };
}

const hello = JSON.stringify({ t: "hello", extension: "101", cards: [] });

describe("Desk's socket", () => {
  it("doubles the pause with each failure, up to 30 s, half of it random", () => {
    expect([1, 2, 3, 4].map((failures) => pauseMs(failures, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(pauseMs(50, 1)).toBe(30_000);
    expect(pauseMs(50, 0)).toBe(15_000);
  });

  it("connects again after the line was lost", () => {
    const { sockets, lines, pass, last } = stage();
    last().onopen?.();
    last().onclose?.();
    expect(lines.at(-1)).toEqual({ state: "lost", retryAt: 500 });
    pass(499);
    expect(sockets).toHaveLength(1);
    pass(1);
    expect(sockets).toHaveLength(2);
  });

  it("waits longer when the server opens but never greets", () => {
    const { lines, pass, last } = stage();
    for (const pause of [500, 1000, 2000]) {
      last().onopen?.();
      last().onclose?.();
      expect(lines.at(-1)).toMatchObject({ state: "lost" });
      pass(pause);
      expect(lines.at(-1)).toEqual({ state: "connecting" });
    }
  });

  it("starts from the shortest pause again after a greeting", () => {
    const { lines, pass, last } = stage();
    last().onclose?.();
    pass(500);
    last().onopen?.();
    last().onmessage?.({ data: hello });
    last().onclose?.();
    expect(lines.at(-1)).toEqual({ state: "lost", retryAt: 1000 });
  });

  it("notices a line that died in silence", () => {
    const { lines, pass, last } = stage();
    last().onopen?.();
    pass(20_000);
    expect(last().sent).toEqual(['{"t":"ping"}']);
    pass(10_000);
    expect(lines.at(-1)).toMatchObject({ state: "lost" });
  });

  it("stays when the ping is answered", () => {
    const { lines, pass, last } = stage();
    last().onopen?.();
    pass(20_000);
    last().onmessage?.({ data: '{"t":"pong"}' });
    pass(10_000);
    expect(lines.at(-1)).toEqual({ state: "open" });
  });

  it("passes over frames that it does not understand", () => {
    const { messages, last } = stage();
    last().onopen?.();
    for (const data of ["{", "7", '{"t":"from the future"}', '{"x":1}', new Blob([])]) {
      last().onmessage?.({ data });
    }
    expect(messages).toEqual([]);
    last().onmessage?.({ data: hello });
    expect(messages).toHaveLength(1);
  });

  it("says when nothing could be sent", () => {
    const { connection, last } = stage();
    expect(connection.send({ t: "duty", state: "on" })).toBe(false);
    last().onopen?.();
    expect(connection.send({ t: "duty", state: "on" })).toBe(true);
  });

  it("tries at once when told to, and never again once closed", () => {
    const { connection, sockets, pass, last } = stage();
    last().onclose?.();
    connection.retryNow();
    expect(sockets).toHaveLength(2);
    connection.close();
    last().onclose?.();
    pass(60_000);
    expect(sockets).toHaveLength(2);
  });
});
