// What the extension for Chrome keeps in `chrome.storage.local` besides the sign-in: it outlives the
// worker, the browser and an update.

export interface Kept {
  /** The names of hosts on whose pages no numbers are looked for. */
  off: readonly string[];
  /**
   * The organisation's country, ISO 3166-1 alpha-2, for numbers without `+`; empty when it has none.
   * `null` while nobody is signed in: then nothing is marked, and links are left to the system.
   */
  country: string | null;
  /** The server has ended the sign-in, and nobody has signed in since. */
  ended: boolean;
  /** No page opens here, not by a click either: an administrator has switched that off. */
  popsOff: boolean;
}

const NONE: Kept = { off: [], country: null, ended: false, popsOff: false };

export async function read<Name extends keyof Kept>(name: Name): Promise<Kept[Name]> {
  const kept: Partial<Kept> = await chrome.storage.local.get(name);
  return kept[name] ?? NONE[name];
}

export function write<Name extends keyof Kept>(name: Name, value: Kept[Name]): Promise<void> {
  return chrome.storage.local.set({ [name]: value });
}

/** Calls `heard` with each new value of `name`, until the function that it gives back is called. */
export function follow<Name extends keyof Kept>(
  name: Name,
  heard: (value: Kept[Name]) => void,
): () => void {
  const listener = (changes: { [key: string]: chrome.storage.StorageChange }) => {
    const change = changes[name];
    if (change) heard((change.newValue as Kept[Name] | undefined) ?? NONE[name]);
  };
  chrome.storage.local.onChanged.addListener(listener);
  return () => chrome.storage.local.onChanged.removeListener(listener);
}
