// `linecard companion` on a desktop whose default browser only writes down what it is to open.
import { appendFile, chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "./eventually.mjs";
import { freshFolder } from "./folder.mjs";
import { Program } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

/** Somebody's desktop: a home, and what `xdg-open` was told to open there. */
export async function openDesktop(more = {}) {
  const folder = await freshFolder();
  const opened = join(folder, "opened");
  await appendFile(opened, "");
  const browser = join(folder, "xdg-open");
  await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`);
  await chmod(browser, 0o755);
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    XDG_STATE_HOME: join(folder, "state"),
    LANG: "C.UTF-8",
    ...more,
  };
  return new Desktop(folder, opened, env);
}

class Desktop {
  #opened;
  #env;

  constructor(folder, opened, env) {
    this.folder = folder;
    this.#opened = opened;
    this.#env = env;
  }

  /** Starts the program with these arguments. */
  companion(...args) {
    return this.companionWith({}, ...args);
  }

  /** The same with other variables in its environment. */
  companionWith(more, ...args) {
    const env = { ...this.#env, ...more };
    const program = new Program("linecard", ["companion", ...args], { env });
    atTheEnd(() => program.stop());
    return program;
  }

  /** Every address that the browser was told to open so far. */
  async opened() {
    return (await readFile(this.#opened, "utf8")).split("\n").filter(Boolean);
  }

  /** The address that is opened next while `deed` is done. */
  async opens(deed) {
    const before = (await this.opened()).length;
    await deed();
    return eventually("the browser is told to open a page", async () => {
      return (await this.opened())[before];
    });
  }
}
