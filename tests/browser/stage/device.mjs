// The extension for Chrome as an agent's device: signed in, killed, asked how it stands.
import assert from "node:assert/strict";
import { eventually } from "./eventually.mjs";

/** Signs the extension in for whoever is signed in in this Chrome, by its own page and `/authorize`. */
export async function signsIn(chrome, home, deed = "Allow") {
  const own = await chrome.opens(`chrome-extension://${extensionId(chrome)}/options.html`);
  const asks = chrome.context.waitForEvent("page", {
    predicate: async (page) => {
      await page.waitForURL("**/authorize?**");
      return true;
    },
  });
  const done = own.evaluate(
    (server) => globalThis.chrome.runtime.sendMessage({ kind: "sign in", server }),
    home,
  );
  const consent = await asks;
  await consent.getByRole("button", { name: deed, exact: true }).click();
  const came = await done;
  await own.close();
  return came;
}

/** Its socket is open and greeted. */
export async function isConnected(own) {
  await eventually("the extension is connected", async () => {
    return (await state(own)).link === "up";
  });
}

/** How it stands, as its own pages show it. */
export function state(own) {
  return own.evaluate(() => globalThis.chrome.runtime.sendMessage({ kind: "state" }));
}

/** Calls a number as a click in a page does. */
export function calls(own, number) {
  return own.evaluate(
    (it) =>
      globalThis.chrome.runtime.sendMessage({
        kind: "call",
        number: it,
        extension: null,
        page: "https://crm.example/",
      }),
    number,
  );
}

/** One of the extension's own pages. */
export function ownPage(chrome) {
  return chrome.opens(`chrome-extension://${extensionId(chrome)}/options.html`);
}

/** Ends the service worker as Chrome does when it likes. */
export async function killsWorker(chrome, page) {
  const session = await chrome.context.newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await session.detach();
}

function extensionId(chrome) {
  const { host } = new URL(chrome.worker.url());
  assert.match(host, /^[a-p]{32}$/);
  return host;
}
