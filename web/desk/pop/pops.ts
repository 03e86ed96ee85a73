// Opens the CRM's page when the server says so: once, in a new tab, by the leading tab.
import type { Up } from "@/api/desk";
import { webAddress } from "@/api/webAddress";

export interface PopSurroundings {
  leads(): boolean;
  /** Opens a new tab; null when the browser blocks it. */
  open(url: string): object | null;
  send(message: Up): void;
  onBlocked(call: string): void;
  onOpened(): void;
}

export interface Pop {
  id: string;
  call: string;
  url: string;
}

/** How many pops are remembered, so that one sent again is not opened again. */
const REMEMBERED = 100;

export class Pops {
  readonly #around: PopSurroundings;
  readonly #done = new Map<string, "tab" | "blocked">();

  constructor(around: PopSurroundings) {
    this.#around = around;
  }

  /** A pop arrived on this tab's socket. */
  take({ id, call, url }: Pop): void {
    if (!this.#around.leads()) return;
    const before = this.#done.get(id);
    if (before) {
      // The server did not hear our answer: it is said again, the page not opened again.
      this.#around.send({ t: "popped", id, how: before });
      return;
    }
    const page = webAddress(url);
    if (!page) return;
    const how = this.#around.open(page) ? "tab" : "blocked";
    this.remember(id, how);
    this.#around.send({ t: "popped", id, how });
    if (how === "blocked") this.#around.onBlocked(call);
    else this.#around.onOpened();
  }

  /** Another tab of this agent has done it, and may close before this one leads. */
  remember(id: string, how: "tab" | "blocked"): void {
    this.#done.set(id, how);
    for (const oldest of this.#done.keys()) {
      if (this.#done.size <= REMEMBERED) break;
      this.#done.delete(oldest);
    }
  }
}

/** A new tab without a way back into this one. `noopener` would hide whether it was blocked. */
export function openTab(url: string): Window | null {
  const tab = window.open(url, "_blank");
  if (tab) tab.opener = null;
  return tab;
}
