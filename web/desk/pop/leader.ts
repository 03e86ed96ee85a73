// One leader among an agent's tabs: it alone rings and opens the CRM's pages.

export interface LeaderSurroundings {
  /** Absent on a plain http address of the local network: browsers keep it from such pages. */
  locks: Pick<LockManager, "request"> | undefined;
}

/**
 * Waits in line to be the leader until `signal` aborts, and stays it for the life of the tab.
 * A held lock also keeps the browser from freezing the tab. Without locks every tab leads:
 * a page opened twice is better than a page not opened.
 */
export function standForLeader(
  extension: string,
  onLead: (leads: boolean) => void,
  signal: AbortSignal,
  { locks }: LeaderSurroundings = { locks: navigator.locks },
): void {
  if (!locks) {
    onLead(true);
    return;
  }
  const held = locks.request(`linecard-desk-${extension}`, { signal }, () => {
    if (signal.aborted) return undefined;
    onLead(true);
    return new Promise<void>((release) => {
      signal.addEventListener("abort", () => release(), { once: true });
    });
  });
  held.catch((thrown: unknown) => {
    // Aborted while waiting in line: the tab was closed or left.
    if (!signal.aborted) throw thrown;
  });
}
