// Says who calls while no Desk is open, that a call could not be placed, and that nobody is signed in
// any more.
import { read } from "../kept";
import { text } from "../texts";
import { pageOfCaller, rememberCaller } from "./callers";
import { openByClick, showPageOf } from "./pops";
import { signedIn } from "./signIn";
import type { Down } from "./socket";

type Incoming = Extract<Down, { t: "incoming" }>;

const PREFIX = "call:";
const SIGNED_OUT = "signed out";

export async function ring(incoming: Incoming): Promise<void> {
  await rememberCaller(incoming.call, incoming.page);
  const who = incoming.name ?? incoming.number ?? text("unknown_caller");
  const lines = [
    incoming.company,
    incoming.name ? incoming.number : null,
    incoming.queue ? text("in_queue", incoming.queue) : null,
  ];
  chrome.notifications.create(`${PREFIX}${incoming.call}`, {
    type: "basic",
    iconUrl: "icons/128.png",
    title: text("is_calling", who),
    message: lines.filter(Boolean).join("\n"),
    requireInteraction: true,
  });
}

export async function ringsNoMore(call: string): Promise<void> {
  chrome.notifications.clear(`${PREFIX}${call}`);
  await rememberCaller(call, null);
}

export function sayNotCalled(call: string, words: string): void {
  chrome.notifications.create(`failed:${call}`, {
    type: "basic",
    iconUrl: "icons/128.png",
    title: text("not_called"),
    message: words,
  });
}

/** The server has ended the sign-in: from now on no call is told here. */
export function saySignedOut(): void {
  chrome.notifications.create(SIGNED_OUT, {
    type: "basic",
    iconUrl: "icons/128.png",
    title: text("no_calls_told"),
    message: text("signed_out"),
    requireInteraction: true,
  });
}

/** A click on a call leads to the caller's page, or to Desk where nobody knows it. */
export async function clicked(notification: string): Promise<void> {
  chrome.notifications.clear(notification);
  if (notification === SIGNED_OUT) return chrome.runtime.openOptionsPage();
  if (!notification.startsWith(PREFIX)) return;
  const call = notification.slice(PREFIX.length);
  if (await showPageOf(call)) return;
  const page = await pageOfCaller(call);
  if (page && !(await read("popsOff"))) return openByClick(call, page);
  const known = await signedIn();
  if (known) await chrome.tabs.create({ url: `${known.server}/desk/` });
}
