// The worker is asked little: many texts at once, each of them once.
import { expect, it } from "vitest";
import { MOST_TEXTS, type Place } from "../messages";
import { Judged } from "./judged";

const PLACE: Place = { start: 0, end: 12, number: "+14155550134", extension: null };

function judge() {
  const messages: (readonly string[])[] = [];
  let fails = false;
  const judged = new Judged(async (texts) => {
    messages.push(texts);
    if (fails) throw new Error("the worker cannot be reached");
    return texts.map(() => [PLACE]);
  });
  return { judged, messages, failing: (it: boolean) => (fails = it) };
}

it("c1 texts that come together go in one message, up to its limit", async () => {
  const { judged, messages } = judge();
  const texts = Array.from({ length: MOST_TEXTS + 1 }, (_, at) => `text ${at}`);
  await Promise.all(texts.map((text) => judged.of(text)));
  expect(messages.map((it) => it.length)).toEqual([MOST_TEXTS, 1]);
});

it("c1 the same text is asked for once, also while its answer is under way", async () => {
  const { judged, messages } = judge();
  await Promise.all([judged.of("same"), judged.of("same")]);
  await judged.of("same");
  expect(messages).toEqual([["same"]]);
});

it("c1 what a worker that failed did not say is asked again", async () => {
  const { judged, messages, failing } = judge();
  failing(true);
  expect(await judged.of("text")).toEqual([]);
  failing(false);
  expect(await judged.of("text")).toEqual([PLACE]);
  expect(messages).toHaveLength(2);
});

it("c1 with another country everything is judged anew", async () => {
  const { judged, messages } = judge();
  await judged.of("text");
  judged.forget();
  await judged.of("text");
  expect(messages).toHaveLength(2);
});
