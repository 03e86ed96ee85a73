// A company's HTTP proxy: the only way to a server whose name is known to nobody else.
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { atTheEnd } from "./teardown.mjs";

const WAYS = { 403: "Forbidden", 407: "Proxy Authentication Required" };

/**
 * Leads from `place` ("host:port") to that port of this machine, and nowhere else.
 * @param {{ place: string, port: number, person: string }} way `person` is "name:password"
 */
export async function startCompanyProxy(way) {
  const proxy = new CompanyProxy(way);
  await proxy.starts();
  return proxy;
}

class CompanyProxy {
  #way;
  #server = createServer();
  #open = new Set();
  /** How many ways it has opened. */
  tunnels = 0;
  /** How often it has refused, by status. */
  refused = { 403: 0, 407: 0 };

  constructor(way) {
    this.#way = way;
  }

  async starts() {
    this.#server.on("connect", (request, near) => this.#asked(request, near));
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    atTheEnd(async () => {
      this.#server.close();
      for (const socket of this.#open) socket.destroy();
    });
  }

  /** Its address as `https_proxy` has it, with name and password where they are given. */
  address(person = null) {
    const { port } = this.#server.address();
    return `http://${person ? `${person}@` : ""}127.0.0.1:${port}`;
  }

  #asked({ url, headers }, near) {
    const { place, port, person } = this.#way;
    near.on("error", () => near.destroy());
    const known = `Basic ${Buffer.from(person).toString("base64")}`;
    if (headers["proxy-authorization"] !== known) return this.#refuses(near, 407);
    if (url !== place) return this.#refuses(near, 403);
    this.tunnels += 1;
    near.write("HTTP/1.1 200 Connection established\r\n\r\n");
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      this.#open.add(socket);
      socket.on("close", () => this.#open.delete(socket));
    }
    far.on("error", () => near.destroy());
    near.pipe(far).pipe(near);
  }

  #refuses(near, status) {
    this.refused[status] += 1;
    near.end(`HTTP/1.1 ${status} ${WAYS[status]}\r\nContent-Length: 0\r\n\r\n`);
  }
}
