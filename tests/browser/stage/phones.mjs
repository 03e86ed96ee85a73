// The demo's simulated phones and the world outside, worked by hand: who calls whom, who picks up.
import assert from "node:assert/strict";
import { eventually } from "./eventually.mjs";

export class Phones {
  #api;

  /** @param {import("./api.mjs").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** Somebody outside calls a phone, group or queue; resolves with the call. */
  async calledBy(number, to) {
    return (await this.#api.send("/demo/calls", { from: number, to })).call;
  }

  /** A desk phone dials; resolves with the call. */
  async dials(extension, number) {
    return (await this.#api.send("/demo/dial", { extension, number })).call;
  }

  /** Nobody rings or talks any more, whatever an earlier story left. */
  async fallSilent() {
    const { calls } = await this.#api.read("/demo");
    for (const { call } of calls) await this.outsideHangsUp(call);
  }

  /** As soon as the phone rings. */
  answers(extension) {
    return this.#does(extension, "answer");
  }

  /** As soon as the phone has a call. */
  hangsUp(extension) {
    return this.#does(extension, "hang-up");
  }

  outsideAnswers(call) {
    return this.#api.send(`/demo/calls/${call}/answer`);
  }

  outsideHangsUp(call) {
    return this.#api.send(`/demo/calls/${call}/hang-up`);
  }

  /** Somebody outside calls and gives up while it rings; the call as it is kept. */
  async missed(number, to) {
    return this.kept(async () => this.outsideHangsUp(await this.calledBy(number, to)));
  }

  /** Somebody outside calls, one phone picks up, both talk and hang up; the call as it is kept. */
  async answered(number, to, by = to) {
    return this.kept(async () => {
      await this.calledBy(number, to);
      await this.answers(by);
      await this.hangsUp(by);
    });
  }

  /** A desk phone reaches somebody outside; the call as it is kept. */
  async placed(extension, number) {
    return this.kept(async () => {
      const call = await this.dials(extension, number);
      await this.outsideAnswers(call);
      await this.outsideHangsUp(call);
    });
  }

  /** The one call that comes and ends with `deed`, once nothing of it waits to be written. */
  async kept(deed) {
    const before = await this.#newest();
    await deed();
    return eventually("the call is kept, and it is decided what becomes of it", async () => {
      const call = await this.#newest();
      const isOver = call && call.id !== before?.id && call.state === "ended";
      return isOver && call.entries.every(({ state }) => state !== "waiting") && call;
    });
  }

  /** Linecard works a phone by what it was told of it, which comes a moment after the deed. */
  #does(extension, what) {
    const path = `/demo/phones/${extension}/${what}`;
    return eventually(`${extension} has a call to ${what}`, async () => {
      const { status, body } = await this.#api.tries(path);
      assert.ok(status === 204 || body.code === "call_gone", `${path}: ${JSON.stringify(body)}`);
      return status === 204;
    });
  }

  /** The newest call: not one that was going on before. */
  async #newest() {
    return (await this.#api.read("/calls?limit=1")).calls[0];
  }
}

/** The only entry of a call. */
export function entryOf(call) {
  assert.equal(call.entries.length, 1, JSON.stringify(call.entries));
  return call.entries[0];
}
