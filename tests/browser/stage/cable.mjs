// The network between browsers and Linecard, which a story can cut: bytes both ways, until it does.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { atTheEnd } from "./teardown.mjs";

export class Cable {
  #port;
  #server;
  #sockets = new Set();

  /** From a port to another one of this machine. */
  constructor(port, to) {
    this.#port = port;
    this.to = to;
    atTheEnd(() => this.cut());
  }

  /** Every connection breaks, and none comes about until it is joined again. */
  async cut() {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async join() {
    this.#server = createServer((near) => {
      const far = connect(this.to, "127.0.0.1");
      for (const [one, other] of [
        [near, far],
        [far, near],
      ]) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
  }
}
