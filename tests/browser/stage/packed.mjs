// The extension for Chrome as a company packs it with a key of its own, and the web server from which its
// machines fetch it: what docs/devices.md tells an administrator, done to the letter.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { freshFolder } from "./folder.mjs";
import { CHECKOUT } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

const DOCS = join(CHECKOUT, "docs");
const STORE = join(CHECKOUT, "web/chrome/dist/store");
/** What stands in the documents and an administrator puts something else for. */
const ID = "nfpfpbdegemmnogicmhclnmahjafbejg";
const HOME = "https://linecard.example.com";
const CRM = "https://*.example-crm.com";

/** @param {string} crm the origin of the CRM, without a port */
export async function packExtension(crm) {
  const page = await readFile(join(DOCS, "devices.md"), "utf8");
  const [, hosts] = page.match(/```json\n([^`]*?)\s*```/);
  const [, commands] = page.match(/```sh\n([^`]*)```/);
  const folder = await freshFolder();
  await cp(STORE, join(folder, "linecard"), { recursive: true });
  const manifest = join(folder, "linecard/manifest.json");
  const text = await readFile(manifest, "utf8");
  await writeFile(manifest, text.replace(/^ *"key": .*$/m, hosts.replace(CRM, crm)));
  const path = `${await pathToChromium()}:${process.env.PATH}`;
  const said = execFileSync("sh", ["-ec", commands], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [id] = said.match(/^[a-p]{32}$/m);
  return new Packed(id, join(folder, "linecard.crx"));
}

/** A folder with the `chromium` of these commands: without a screen, and for root. */
async function pathToChromium() {
  const folder = join(await freshFolder(), "bin");
  const profile = await freshFolder();
  await mkdir(folder);
  const flags = `--headless --no-sandbox --user-data-dir=${profile}`;
  await writeFile(join(folder, "chromium"), `#!/bin/sh\nexec /usr/bin/chromium ${flags} "$@"\n`);
  await chmod(join(folder, "chromium"), 0o755);
  return folder;
}

class Packed {
  #crx;
  #web;
  /** The paths that browsers asked the web server for. */
  asked = [];

  constructor(id, crx) {
    this.id = id;
    this.#crx = crx;
  }

  /** Lays the two files on a web server. */
  async isServed() {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://local");
      this.asked.push(pathname);
      const body = files[pathname];
      response.writeHead(body ? 200 : 404).end(body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    atTheEnd(async () => {
      server.closeAllConnections();
      server.close();
    });
    this.#web = `http://127.0.0.1:${server.address().port}`;
    const files = {
      "/linecard-chrome.xml": await this.#sample("update.xml"),
      "/linecard-chrome.crx": await readFile(this.#crx),
    };
  }

  /** The policy for Linux; `home` is Linecard's address. */
  async policy(home) {
    return (await this.#sample("policy-linux.json")).replaceAll(HOME, home);
  }

  async #sample(name) {
    const text = await readFile(join(DOCS, "chrome", name), "utf8");
    return text
      .replaceAll(ID, this.id)
      .replaceAll(`${HOME}/linecard-chrome`, `${this.#web}/linecard-chrome`);
  }
}
