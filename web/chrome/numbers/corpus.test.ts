// How well numbers are found: the corpus goes the way that a page's text goes, through the page's
// prefilter and then through the worker's judgement. A third of it is held back (`unseen.txt`).
import { expect, it } from "vitest";
import type { Place } from "../messages";
import seenText from "./corpus/seen.txt?raw";
import unseenText from "./corpus/unseen.txt?raw";
import { numbersIn } from "./numbers";
import { candidates } from "./prefilter";

/** What a CRM's users put up with: one click in fifty on what is none, one number in twenty missed. */
const PRECISION = 0.98;
const RECALL = 0.95;

interface Line {
  readonly country: string | null;
  readonly text: string;
  readonly numbers: readonly Place[];
}

function lines(corpus: string): Line[] {
  return corpus
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map(read);
}

/** `DE|Tel. {030 901820=+4930901820}` */
function read(line: string): Line {
  const [country = "", marked = ""] = line.split(/\|(.*)/s);
  const numbers: Place[] = [];
  let text = "";
  for (const part of marked.split(/(\{[^}]*\})/)) {
    const [, written, number, extension] = part.match(/^\{(.*)=(\+\d+)(?:;(\d+))?\}$/) ?? [];
    const start = text.length;
    text += written ?? part;
    if (written === undefined || number === undefined) continue;
    numbers.push({ start, end: text.length, number, extension: extension ?? null });
  }
  return { country: country === "-" ? null : country, text, numbers };
}

function foundIn({ text, country }: Line): Place[] {
  return candidates(text).flatMap((candidate) =>
    numbersIn(candidate.text, country).map((place) => ({
      ...place,
      start: candidate.start + place.start,
      end: candidate.start + place.end,
    })),
  );
}

interface Tally {
  readonly lines: number;
  readonly numbers: number;
  readonly hits: number;
  readonly wrong: number;
  /** What went wrong, for whoever makes it better. */
  readonly faults: readonly string[];
}

/** A hit has the right number and extension at the right place. */
function tally(corpus: readonly Line[]): Tally {
  const faults: string[] = [];
  let hits = 0;
  let wrong = 0;
  for (const line of corpus) {
    const wanted = new Set(line.numbers.map((it) => JSON.stringify(it)));
    const found = foundIn(line).map((it) =>
      JSON.stringify({ start: it.start, end: it.end, number: it.number, extension: it.extension }),
    );
    const right = found.filter((it) => wanted.has(it)).length;
    hits += right;
    wrong += found.length - right;
    if (right < wanted.size || right < found.length) {
      faults.push(`${line.country}|${line.text}: ${found.join(" ") || "nothing"}`);
    }
  }
  const numbers = corpus.reduce((sum, line) => sum + line.numbers.length, 0);
  return { lines: corpus.length, numbers, hits, wrong, faults };
}

const seen = lines(seenText);
const unseen = lines(unseenText);

it("c1 the corpus has at least 150 lines of eight countries", () => {
  const all = [...seen, ...unseen];
  const countries = new Set(all.filter((it) => it.numbers.length > 0).map((it) => it.country));
  expect(all.length).toBeGreaterThanOrEqual(150);
  expect(countries.size).toBeGreaterThanOrEqual(8);
  expect(all.filter((it) => it.numbers.length === 0).length).toBeGreaterThan(all.length / 3);
});

it.each([
  ["seen", seen],
  ["unseen", unseen],
  ["both", [...seen, ...unseen]],
] as const)("c1 numbers are told from what looks like one: %s lines", (name, corpus) => {
  const { lines, numbers, hits, wrong, faults } = tally(corpus);
  const precision = hits / (hits + wrong);
  const recall = hits / numbers;
  // biome-ignore lint/suspicious/noConsole: the figures are for whoever runs the tests.
  console.info(
    `${name}: ${lines} lines, ${numbers} numbers, ${hits} found, ${wrong} wrong: ` +
      `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
  );
  const told = faults.join("\n");
  expect(precision, told).toBeGreaterThanOrEqual(PRECISION);
  expect(recall, told).toBeGreaterThanOrEqual(RECALL);
});
