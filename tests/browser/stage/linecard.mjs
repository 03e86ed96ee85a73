// A Linecard server, or the demo, on a free port and with data of its own.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Cable } from "./cable.mjs";
import { freshFolder } from "./folder.mjs";
import { freePort, Program } from "./program.mjs";
import { Salesforce } from "./salesforce.mjs";
import { atTheEnd } from "./teardown.mjs";

/** `linecard serve` that nobody has set up yet, behind a cable that can be cut. */
export async function startLinecardOnCable() {
  const port = await freePort();
  const cable = new Cable(port, await freePort());
  await cable.join();
  return { ...(await startLinecard(port, cable.to)), cable };
}

/**
 * `linecard serve` that nobody has set up yet.
 * @param {number} [home] the port at which browsers find it
 * @param {number} [listen] the port at which it listens
 * @param {Record<string, string>} [more] of its environment
 */
export async function startLinecard(home, listen = home, more = {}) {
  const port = home ?? (await freePort());
  const env = { ...addressed(settings(await freshFolder()), port), ...more };
  if (listen) env.LINECARD_SERVER_LISTEN = `127.0.0.1:${listen}`;
  const serve = () => new Program("linecard", ["serve"], { env });
  let program = serve();
  atTheEnd(() => program.stop());
  const [, setUpLink] = await program.says(/^Set Linecard up at (\S+)/);
  await program.says(/^Linecard runs/);
  return {
    home: env.LINECARD_SERVER_HOME,
    setUpLink,
    stop: () => program.stop(),
    /** What it holds in memory, in MB. */
    resident: () => program.resident(),
    /** Anew, on the same data and at the same address. */
    async start() {
      program = serve();
      await program.says(/^Linecard runs/);
    },
  };
}

/** `linecard serve` on a store that a backup was restored into, and what the restore said. */
export async function startRestored(backup, passphrase) {
  const folder = await freshFolder();
  const words = join(folder, "passphrase");
  await writeFile(words, `${passphrase}\n`);
  const env = addressed(settings(folder), await freePort());
  const restore = new Program("linecard", ["restore", backup, "--passphrase-file", words], { env });
  assert.equal(await restore.ended, 0, restore.words);
  const program = new Program("linecard", ["serve"], { env });
  atTheEnd(() => program.stop());
  await program.says(/^Linecard runs/);
  return { home: env.LINECARD_SERVER_HOME, said: restore.words };
}

/** A Linecard with all it keeps in this folder. */
function settings(folder) {
  return {
    LINECARD_STORE_URL: `sqlite://${join(folder, "linecard.db")}`,
    LINECARD_STORE_KEY_FILE: join(folder, "linecard.key"),
    LINECARD_IMPORTS_FOLDER: join(folder, "imports"),
    LINECARD_NETWORK_ALLOW_PRIVATE: "true",
    LINECARD_LOG_FILTER: "warn",
  };
}

function addressed(env, port) {
  const address = `127.0.0.1:${port}`;
  return { ...env, LINECARD_SERVER_LISTEN: address, LINECARD_SERVER_HOME: `http://${address}` };
}

/** `linecard demo`, with the link that signs Alice in. */
export async function startDemo() {
  const folder = await freshFolder();
  const [port, salesforcePort] = [await freePort(), await freePort()];
  const [zohoPort, bitrix24Port, hubspotPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const demo = () =>
    new Program("linecard", [
      "demo",
      ...["--data", folder],
      ...["--port", String(port)],
      ...["--salesforce-port", String(salesforcePort)],
      ...["--zoho-port", String(zohoPort)],
      ...["--bitrix24-port", String(bitrix24Port)],
      ...["--hubspot-port", String(hubspotPort)],
    ]);
  let program = demo();
  atTheEnd(() => program.stop());
  const [, signInLink] = await program.says(/^\s*(http\S+token=\S+)$/);
  await program.says(/Ctrl-C/);
  return {
    home: `http://127.0.0.1:${port}`,
    stop: () => program.stop(),
    /** Anew, on the same data and at the same address. */
    async start() {
      program = demo();
      await program.says(/Ctrl-C/);
    },
    signInLink,
    salesforce: new Salesforce(`http://127.0.0.1:${salesforcePort}`),
    zoho: `http://127.0.0.1:${zohoPort}`,
    bitrix24: `http://127.0.0.1:${bitrix24Port}`,
    hubspot: `http://127.0.0.1:${hubspotPort}`,
  };
}
