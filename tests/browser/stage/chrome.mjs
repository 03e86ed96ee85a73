// Chromium with a profile of its own; with the test build of the extension for Chrome in it, and with
// that one's service worker.
import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { eventually } from "./eventually.mjs";
import { freshFolder } from "./folder.mjs";
import { CHECKOUT } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const EXTENSION = join(CHECKOUT, "web/chrome/dist/test");
const PATIENCE_MS = 15_000;

/**
 * @param {{ language?: "en" | "zh_CN", args?: string[], built?: string }} settings the language its texts
 * are in; the folder of another build of it
 */
export async function openChrome({ language = "en", args = [], built = EXTENSION } = {}) {
  const extension = language === "en" ? built : await inOtherWords(language);
  const context = await startChromium({
    args: [
      "--disable-background-networking",
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      ...args,
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  await eventually("our scripts run in pages", () =>
    worker.evaluate(async () => {
      const scripts = await chrome.scripting.getRegisteredContentScripts();
      return scripts.length === 2;
    }),
  );
  return new Chrome(context, worker);
}

/**
 * Chromium with a profile of its own.
 * @param {{ program?: string, without?: string[], args?: string[] }} settings what starts it; what
 * Playwright would tell it and is not to; what it is told
 */
export async function startChromium({
  program = "/usr/bin/chromium",
  without = [],
  args = [],
} = {}) {
  const context = await chromium.launchPersistentContext(await freshFolder(), {
    executablePath: program,
    headless: true,
    viewport: { width: 1280, height: 800 },
    ignoreDefaultArgs: ["--disable-popup-blocking", ...without],
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-component-update",
      "--disable-sync",
      ...args,
    ],
  });
  atTheEnd(() => context.close());
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Debian's Chromium itself speaks English only: it reads the other language's texts for English ones. */
async function inOtherWords(language) {
  const folder = await freshFolder();
  await cp(EXTENSION, folder, { recursive: true });
  await cp(join(EXTENSION, "_locales", language), join(folder, "_locales/en"), {
    recursive: true,
    force: true,
  });
  return folder;
}

export class Chrome {
  /** What went wrong in any page, as words. */
  faults = [];

  constructor(context, worker) {
    this.context = context;
    this.worker = worker;
    context.on("page", (page) => {
      page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") this.faults.push(`${page.url()}: ${message.text()}`);
      });
    });
  }

  /** As after a sign-in, without a server: an organisation of this country. */
  async isOf(country) {
    await this.keeps({ country });
  }

  /** What the extension keeps is this from now on. */
  async keeps(kept) {
    await this.worker.evaluate((it) => chrome.storage.local.set(it), kept);
  }

  /** Writes down from now on what pages ask the worker to call. */
  async listensForCalls() {
    await this.worker.evaluate(() => {
      globalThis.callsHeard = [];
      chrome.runtime.onMessage.addListener((asked) => {
        if (asked.kind === "call") globalThis.callsHeard.push(asked);
      });
    });
  }

  /** The calls that pages asked for since `listensForCalls`. */
  calls() {
    return this.worker.evaluate(() => globalThis.callsHeard);
  }

  /** The address of a page of the extension itself. */
  own(page) {
    return new URL(page, this.worker.url()).href;
  }

  /** Opens a page in a new tab. */
  async opens(url) {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }
}
