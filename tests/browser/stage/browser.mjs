// Chromium as people have it, and what a page must never do: scripts that fail or break the policy.
import { createRequire } from "node:module";
import { atTheEnd } from "./teardown.mjs";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

/** Far longer than any page takes. */
const PATIENCE_MS = 15_000;

/**
 * @param {{ popups?: "allowed" | "asked", microphone?: string | null, program?: string }} settings
 * `allowed`: the person has allowed this site's pop-ups, as Desk's help says; `asked`: Chromium's own
 * rule, only right after a click. `microphone`: the WAV file that it hears again and again, or none.
 * `program`: what starts Chromium.
 */
export async function openBrowser({
  popups = "allowed",
  microphone = null,
  program = "/usr/bin/chromium",
} = {}) {
  const browser = await chromium.launch({
    executablePath: program,
    headless: true,
    ignoreDefaultArgs: popups === "asked" ? ["--disable-popup-blocking"] : [],
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(microphone ? hears(microphone) : []),
    ],
  });
  atTheEnd(() => browser.close());
  return new Browser(browser);
}

/** A person who has allowed the microphone, on the machine on which the phone system is, too. */
function hears(file) {
  return [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-audio-capture=${file}`,
    "--allow-loopback-in-peer-connection",
  ];
}

/** Everybody who sits at a page now, for a picture when a test fails. */
export const people = new Set();

class Browser {
  #chromium;

  constructor(chromium) {
    this.#chromium = chromium;
  }

  /** Somebody with cookies and tabs of their own. */
  async person(name, options = {}) {
    const context = await this.#chromium.newContext({
      locale: "en-US",
      timezoneId: "America/New_York",
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const person = new Person(name, context);
    people.add(person);
    context.once("close", () => people.delete(person));
    return person;
  }
}

class Person {
  /** What went wrong in any of this person's pages, as words. */
  faults = [];

  constructor(name, context) {
    this.name = name;
    this.context = context;
    context.on("page", (page) => this.#watch(page));
  }

  #watch(page) {
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on("dialog", (dialog) => {
      this.faults.push(`${page.url()}: a dialog says ${dialog.message()}`);
      void dialog.dismiss();
    });
    // Chromium writes each violation of a content security policy here, too.
    page.on("console", (message) => {
      if (message.type() !== "error" || isRefusal(message)) return;
      this.faults.push(`${page.url()}: ${message.text()}`);
    });
  }

  /** Opens a page in a new tab. */
  async opens(url) {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }

  /** The tab that opens while `deed` is done. */
  async newTab(deed) {
    const [tab] = await Promise.all([this.context.waitForEvent("page"), deed()]);
    return tab;
  }
}

/** The API answers 4xx, and 502 where a CRM refuses: part of the work, and Chromium reports each. */
function isRefusal(message) {
  const { url } = message.location();
  return (
    /status of (4\d\d|502)/.test(message.text()) && new URL(url).pathname.startsWith("/api/v1/")
  );
}
