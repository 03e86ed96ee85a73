// Where the callers' pages are, while their phones ring: for a click on the notification. Kept until
// the browser ends, since the worker may be gone before anybody clicks.

const KEY = "callers";
/** As many as may ring at once. */
const REMEMBERED = 20;

interface Caller {
  readonly call: string;
  readonly page: string;
}

async function callers(): Promise<readonly Caller[]> {
  const kept = await chrome.storage.session.get(KEY);
  return (kept[KEY] as Caller[] | undefined) ?? [];
}

/** @param page `null`: nobody knows who calls */
export async function rememberCaller(call: string, page: string | null): Promise<void> {
  const others = (await callers()).filter((it) => it.call !== call);
  const all = page ? [...others, { call, page }] : others;
  await chrome.storage.session.set({ [KEY]: all.slice(-REMEMBERED) });
}

/** The page of who calls; `null`: nobody knows it. */
export async function pageOfCaller(call: string): Promise<string | null> {
  return (await callers()).find((it) => it.call === call)?.page ?? null;
}
