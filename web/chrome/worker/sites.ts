// Runs our scripts in the pages that the user has allowed, and in no other.

/** The pattern of every page that a script may run in; what it may is Chrome's answer to each. */
const PAGES: chrome.scripting.RegisteredContentScript = {
  id: "page",
  js: ["page.js"],
  css: ["page.css"],
  allFrames: true,
  // Frames without an address of their own, as CRMs make them for mail texts.
  matchOriginAsFallback: true,
  runAt: "document_idle",
};
/** Among the page's own scripts, before them: see `page/world.ts`. */
const WORLD: chrome.scripting.RegisteredContentScript = {
  ...PAGES,
  id: "world",
  js: ["world.js"],
  css: [],
  runAt: "document_start",
  world: "MAIN",
};

export function listenForSites(): void {
  chrome.runtime.onInstalled.addListener(() => void everywhere());
  chrome.permissions.onAdded.addListener(() => void everywhere());
  chrome.permissions.onRemoved.addListener(() => void registered());
}

/** In pages that are opened from now on, and in those that are open. */
async function everywhere(): Promise<void> {
  const matches = await registered();
  if (matches.length === 0) return;
  const tabs = await chrome.tabs.query({ url: matches });
  const injected = tabs.flatMap(({ id }) => (id === undefined ? [] : [inject(id)]));
  // A tab may have been closed meanwhile, or show what Chrome lets nobody into.
  await Promise.allSettled(injected);
}

async function inject(tabId: number): Promise<void> {
  const target = { tabId, allFrames: true };
  await chrome.scripting.executeScript({ target, files: ["world.js"], world: "MAIN" });
  await chrome.scripting.insertCSS({ target, files: ["page.css"] });
  await chrome.scripting.executeScript({ target, files: ["page.js"] });
}

/** Answers the patterns of the pages that are allowed now. */
async function registered(): Promise<string[]> {
  const { origins = [] } = await chrome.permissions.getAll();
  const matches = origins.filter((it) => /^(?:https?|\*):/.test(it));
  const known = new Set((await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id));
  for (const script of [PAGES, WORLD]) {
    if (matches.length === 0) {
      if (known.has(script.id))
        await chrome.scripting.unregisterContentScripts({ ids: [script.id] });
    } else if (known.has(script.id)) {
      await chrome.scripting.updateContentScripts([{ ...script, matches }]);
    } else {
      await chrome.scripting.registerContentScripts([{ ...script, matches }]);
    }
  }
  return matches;
}
