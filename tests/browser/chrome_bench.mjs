// How long the extension for Chrome keeps a page of 20,000 cells from drawing (`npm run bench:chrome`):
// while it finds the numbers, and while somebody scrolls. Not a test: what it tells depends on the
// machine. LINECARD_BENCH_BEFORE names the folder of another build (`web/chrome/dist/test` of then), which
// is measured in turn with this one; so is the page without an extension at work.
import { test } from "node:test";
import { openChrome } from "./stage/chrome.mjs";
import { serveCrmPages } from "./stage/crm_pages.mjs";
import { eventually } from "./stage/eventually.mjs";
import { marked } from "./stage/marked.mjs";
import { records } from "./stage/trace.mjs";

const LAST = "(415) 555-3333";
/** In pixels: the page is some 110,000 high, so that is faster than any wheel. */
const SCROLLS = 2_000;

const builds = [
  ["without", undefined, null],
  ...(process.env.LINECARD_BENCH_BEFORE
    ? [["before", process.env.LINECARD_BENCH_BEFORE, "US"]]
    : []),
  ["now", undefined, "US"],
];
const site = await serveCrmPages();

for (const round of [1, 2, 3]) {
  for (const [name, built, country] of builds) {
    test(`a page of 20,000 cells, ${name}, round ${round}`, (t) => measure(t, built, country));
  }
}

async function measure(t, built, country) {
  const chrome = await openChrome({ built });
  await chrome.keeps({ country: null });
  const page = await chrome.opens(`${site}/large.html`);
  const finding = await records(await chrome.context.newCDPSession(page));
  const began = performance.now();
  if (country) {
    await chrome.isOf(country);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await eventually("the last is marked", async () =>
      (await marked(page.mainFrame())).includes(LAST),
    );
    t.diagnostic(`the last is marked after ${(performance.now() - began).toFixed(0)} ms`);
    await page.evaluate(() => scrollTo(0, 0));
  }
  // The frames behind the last mark count, too.
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 500)));
  tell("finding", await finding.ends());

  const scrolling = await records(await chrome.context.newCDPSession(page));
  await page.evaluate(scroll, SCROLLS);
  tell("scrolling", await scrolling.ends());
  await chrome.context.close();

  function tell(what, { whole, script, clock }) {
    const ms = (it) => `${it.toFixed(1)} ms`;
    t.diagnostic(
      `${what}: longest task ${ms(whole)} of processor time, ours ${ms(script)}; by the clock ${ms(clock)}`,
    );
  }

  /** Runs in the page: down to its end and up again, a step with each frame. */
  async function scroll(step) {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    for (let y = 0; y < document.body.scrollHeight; y += step) {
      scrollTo(0, y);
      await frame();
    }
    for (let y = document.body.scrollHeight; y > 0; y -= step) {
      scrollTo(0, y);
      await frame();
    }
    await new Promise((drawn) => setTimeout(drawn, 200));
  }
}
