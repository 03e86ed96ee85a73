// Linecard's address: as an administrator has set it for all, or as somebody typed it.

/** What an administrator has set by policy; `null`: nothing. */
export async function managedServer(): Promise<string | null> {
  const { server } = await chrome.storage.managed.get("server");
  return typeof server === "string" ? originOf(server) : null;
}

/**
 * The origin of an address as people type it: `linecard.example.com` means https. `null` where it is
 * no address.
 */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const { protocol, origin, hostname } = new URL(address);
    return hostname && (protocol === "https:" || protocol === "http:") ? origin : null;
  } catch {
    return null;
  }
}
