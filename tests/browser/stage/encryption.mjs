// TLS before a server that speaks in the clear, with a certificate that a story may choose.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { promisify } from "node:util";
import { freshFolder } from "./folder.mjs";
import { atTheEnd } from "./teardown.mjs";

/** A certificate that vouches for itself. */
export async function certificate(name = "localhost") {
  const folder = await freshFolder();
  const [keyFile, file] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  await promisify(execFile)("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-keyout", keyFile, "-out", file, "-days", "2", "-subj", `/CN=${name}`],
    ...["-addext", `subjectAltName=DNS:${name}`, "-addext", "basicConstraints=critical,CA:FALSE"],
  ]);
  return { key: await readFile(keyFile), cert: await readFile(file), file };
}

export class Encryption {
  #certificate;
  #server;

  constructor(shown) {
    this.#certificate = shown;
  }

  /** Resolves with the address at which the phone system is reached now. */
  async standsBefore(port) {
    return `wss://localhost:${await this.opensBefore(port)}/ws`;
  }

  /** Resolves with the port at which the server is reached now. */
  async opensBefore(port) {
    this.#server = createServer(this.#certificate, (near) => {
      const far = connect(port, "127.0.0.1");
      near.pipe(far).pipe(near);
      near.on("error", () => far.destroy());
      far.on("error", () => near.destroy());
    });
    // Who does not like the certificate goes.
    this.#server.on("tlsClientError", () => {});
    this.#server.listen(0, "localhost");
    await once(this.#server, "listening");
    atTheEnd(async () => this.#server.close());
    return this.#server.address().port;
  }

  /** Whoever connects from now on is shown another certificate. */
  shows(other) {
    this.#server.setSecureContext(other);
  }
}
