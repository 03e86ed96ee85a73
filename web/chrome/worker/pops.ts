// Opens the contacts' pages. Only tabs that were opened here are used again, and only while they show
// the page that they were opened for: what an agent has typed elsewhere is never navigated away.
import type { Down, Up } from "./socket";

export type Pop = Extract<Down, { t: "pop" }>;
type Report = Extract<Up, { t: "popped" | "pop_failed" }>;

/** What is known of a page that was opened; kept in `chrome.storage.session`. */
interface Opened {
  /** The server's id of the pop; `null`: a click opened it. */
  readonly id: string | null;
  readonly call: string;
  readonly url: string;
  readonly tab: number | null;
}

const KEY = "opened";
/** As many as an agent may have calls while the server repeats a pop. */
const REMEMBERED = 20;

async function opened(): Promise<readonly Opened[]> {
  const kept = await chrome.storage.session.get(KEY);
  return (kept[KEY] as Opened[] | undefined) ?? [];
}

/** The id of the page that was opened last. */
export async function lastOpened(): Promise<string | null> {
  return (await opened()).findLast(({ id }) => id !== null)?.id ?? null;
}

/** Brings the page of a call to the front; `false`: it was closed, or there is none. */
export async function showPageOf(call: string): Promise<boolean> {
  const page = (await opened()).findLast((it) => it.call === call);
  return page?.tab != null && (await show(page.tab, true));
}

let last: Promise<unknown> = Promise.resolve();

/** Opens the page once, however often the pop comes, and says how it went. */
export function open(pop: Pop): Promise<Report> {
  return inTurn(() => openNext(pop));
}

/** The agent asks for the page of a call before it opens by itself, if it does at all. */
export function openByClick(call: string, url: string): Promise<void> {
  return inTurn(async () => {
    const before = await opened();
    const { tab } = await openPage({ url, ringing: false }, before);
    await remember(before, { id: null, call, url, tab });
  });
}

/** Two at once would both find the page not opened yet. */
function inTurn<Done>(work: () => Promise<Done>): Promise<Done> {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
}

function remember(before: readonly Opened[], page: Opened): Promise<void> {
  return chrome.storage.session.set({ [KEY]: [...before, page].slice(-REMEMBERED) });
}

async function openNext(pop: Pop): Promise<Report> {
  const before = await opened();
  if (before.some((it) => it.id === pop.id)) return { t: "popped", id: pop.id, how: "tab" };
  try {
    const { how, tab } = await openPage(pop, before);
    await remember(before, { id: pop.id, call: pop.call, url: pop.url, tab });
    return { t: "popped", id: pop.id, how };
  } catch (error) {
    return { t: "pop_failed", id: pop.id, problem: String(error) };
  }
}

async function openPage(
  { url, ringing }: Pick<Pop, "url" | "ringing">,
  before: readonly Opened[],
): Promise<{ how: "reuse" | "tab" | "window"; tab: number | null }> {
  const same = before.findLast((it) => it.url === url);
  if (same?.tab != null && (await shows(same.tab, url)) && (await show(same.tab, !ringing))) {
    return { how: "reuse", tab: same.tab };
  }
  const windows = await chrome.windows.getAll({ windowTypes: ["normal"] });
  if (windows.length > 0) {
    const tab = await chrome.tabs.create({ url, active: !ringing });
    return { how: "tab", tab: tab.id ?? null };
  }
  const made = await chrome.windows.create({ url, focused: !ringing });
  return { how: "window", tab: made?.tabs?.[0]?.id ?? null };
}

/** `false`: it is gone, the agent went on in it, or Chrome keeps from us what is in it. */
async function shows(tab: number, url: string): Promise<boolean> {
  const known = await chrome.tabs.get(tab).catch(() => null);
  return known !== null && (known.pendingUrl ?? known.url) === url;
}

/** `false`: the tab is gone. */
async function show(tab: number, toFront: boolean): Promise<boolean> {
  try {
    const { windowId } = await chrome.tabs.get(tab);
    if (toFront) {
      await chrome.tabs.update(tab, { active: true });
      await chrome.windows.update(windowId, { focused: true });
    }
    return true;
  } catch {
    return false;
  }
}
