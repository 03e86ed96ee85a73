// Long work leaves the page its frames: that, and not how fast a machine is, is held here.
import { describe, expect, it } from "vitest";
import { type Idle, SLICE_MS, Slices } from "./slices";

/** A page that has `left` milliseconds each time, and a clock that moves only by work. */
class Page implements Idle {
  time = 0;
  left = 50;
  readonly #asked: ((left: () => number) => void)[] = [];

  now(): number {
    return this.time;
  }

  ask(run: (left: () => number) => void): void {
    this.#asked.push(run);
  }

  get isAsked(): boolean {
    return this.#asked.length > 0;
  }

  /** It has nothing to do for once; answers how long it was kept. */
  rests(): number {
    const begin = this.time;
    this.#asked.shift()?.(() => this.left);
    return this.time - begin;
  }
}

function working(steps: number, ms: number): { page: Page; slices: Slices; done: () => number } {
  const page = new Page();
  let left = steps;
  const slices = new Slices(() => {
    if (left === 0) return false;
    left -= 1;
    page.time += ms;
    return true;
  }, page);
  return { page, slices, done: () => steps - left };
}

describe("c1 a slice", () => {
  it("ends with the step in which its ten milliseconds are over, however idle the page is", () => {
    const { page, slices } = working(20_000, 0.25);
    slices.wake();
    while (page.isAsked) expect(page.rests()).toBeLessThanOrEqual(SLICE_MS + 0.25);
  });

  it("is shorter where the page has less time, and one step long where it has none", () => {
    const { page, slices, done } = working(100, 1);
    slices.wake();
    page.left = 3;
    expect(page.rests()).toBe(3);
    page.left = 0;
    expect(page.rests()).toBe(1);
    expect(done()).toBe(4);
  });

  it("is followed by others until everything is done, and then by none", () => {
    const { page, slices, done } = working(95, 1);
    slices.wake();
    let slicesTaken = 0;
    for (; page.isAsked; slicesTaken += 1) page.rests();
    expect(done()).toBe(95);
    expect(slicesTaken).toBe(10);
  });

  it("is asked for once, however often there is work", () => {
    const { page, slices, done } = working(5, 1);
    for (let time = 0; time < 7; time += 1) slices.wake();
    page.rests();
    expect(page.isAsked).toBe(false);
    expect(done()).toBe(5);
  });

  it("does nothing after the end", () => {
    const { page, slices, done } = working(5, 1);
    slices.wake();
    slices.end();
    page.rests();
    slices.wake();
    expect([done(), page.isAsked]).toEqual([0, false]);
  });
});
