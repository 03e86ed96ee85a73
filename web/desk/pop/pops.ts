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
  /** In milliseconds, from any beginning. */
  now(): number;
}

export interface Pop {
  id: string;
  call: string;
  url: string;
}

/** How many pops are remembered, so that one sent again is not opened again. */
const REMEMBERED = 100;
/** A page that nobody has opened for so long is not wanted any more. */
const WAITS_MS = 10_000;

export class Pops {
  readonly #around: PopSurroundings;
  readonly #done = new Map<string, "tab" | "blocked">();
  /** What the leading tab has not opened yet, as far as this one has heard, and since when. */
  readonly #waiting = new Map<string, { pop: Pop; since: number }>();

  constructor(around: PopSurroundings) {
    this.#around = around;
  }

  /** A pop arrived on this tab's socket. */
  take(pop: Pop): void {
    const { id, call, url } = pop;
    if (!this.#around.leads()) {
      this.#keep(pop);
      return;
    }
    const before = this.#done.get(id);
    if (before) {
      // The server did not hear our answer: it is said again, the page not opened again.
      this.#around.send({ t: "popped", id, how: before });
      return;
    }
    const page = webAddress(url);
    if (!page) return;
    const how = this.#around.open(page) ? "tab" : "blocked";
    this.#remember(id, how);
    this.#around.send({ t: "popped", id, how });
    if (how === "blocked") this.#around.onBlocked(call);
    else this.#around.onOpened();
  }

  /** This tab leads from now on. The one before may have closed without opening what it was told to. */
  lead(): void {
    this.#forgetOld();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { pop } of waiting) this.take(pop);
  }

  /** Another tab of this agent says what came of a page, and may close before this one leads. */
  heard(id: string, how: "tab" | "blocked"): void {
    // A tab that is just closing may open nothing any more either, and is told the same.
    if (how === "tab") this.#remember(id, how);
  }

  #remember(id: string, how: "tab" | "blocked"): void {
    this.#waiting.delete(id);
    this.#done.set(id, how);
    for (const oldest of this.#done.keys()) {
      if (this.#done.size <= REMEMBERED) break;
      this.#done.delete(oldest);
    }
  }

  /** The leading tab does it, unless it closes first. */
  #keep(pop: Pop): void {
    this.#forgetOld();
    if (!this.#done.has(pop.id)) this.#waiting.set(pop.id, { pop, since: this.#around.now() });
  }

  #forgetOld(): void {
    const now = this.#around.now();
    for (const [id, { since }] of this.#waiting) {
      if (now - since >= WAITS_MS) this.#waiting.delete(id);
    }
  }
}

/** A new tab without a way back into this one. `noopener` would hide whether it was blocked. */
export function openTab(url: string): Window | null {
  const tab = window.open(url, "_blank");
  if (tab) tab.opener = null;
  return tab;
}
