// How long the extension for Chrome keeps a page of 20,000 cells from drawing (`npm run bench:chrome`).
// Not a test: what it tells depends on the machine. That work is cut into slices is tested beside them.
import { test } from "node:test";
import { openChrome } from "./stage/chrome.mjs";
import { serveCrmPages } from "./stage/crm_pages.mjs";
import { eventually } from "./stage/eventually.mjs";
import { marked } from "./stage/marked.mjs";

/** Every sixth cell holds one. */
const NUMBERS = 3_334;

test("a page of 20,000 cells", async (t) => {
  const [chrome, site] = await Promise.all([openChrome(), serveCrmPages()]);
  await chrome.keeps({ country: null });
  const page = await chrome.opens(`${site}/large.html`);
  await page.evaluate(watch, NUMBERS);
  const trace = await records(await chrome.context.newCDPSession(page));
  await chrome.isOf("US");
  await eventually("all are marked", () => page.evaluate(() => window.told().all));
  // The frames behind the last mark count, too.
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 500)));
  const { all, longest } = await page.evaluate(() => window.told());
  const found = (await marked(page.mainFrame())).length;
  t.diagnostic(`${found} numbers marked after ${all.toFixed(0)} ms`);
  t.diagnostic(
    longest > 0
      ? `longest task ${longest.toFixed(0)} ms (PerformanceObserver, longtask)`
      : "no task of 50 ms or more (PerformanceObserver, longtask)",
  );
  const { whole, script } = await trace.ends();
  t.diagnostic(
    `longest task, processor time ${whole.toFixed(1)} ms; in our script ${script.toFixed(1)} ms`,
  );

  /** Runs in the page, before the extension begins. */
  function watch(numbers) {
    const begin = performance.now();
    let longest = 0;
    let all = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: "longtask" });
    requestAnimationFrame(function frame(now) {
      if (!all && CSS.highlights.get("linecard-number")?.size === numbers) all = now - begin;
      requestAnimationFrame(frame);
    });
    window.told = () => ({ all, longest });
  }
});

/** Chromium's own record of what the page's main thread does: on a busy machine its clock tells more. */
async function records(session) {
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    categories: "devtools.timeline,disabled-by-default-devtools.timeline,toplevel",
    transferMode: "ReportEvents",
  });
  return {
    async ends() {
      const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
      await session.send("Tracing.end");
      await complete;
      const scripts = events.filter(({ args }) => args?.data?.url?.endsWith("/page.js"));
      const isPage = ({ pid, tid }) => scripts.some((it) => it.pid === pid && it.tid === tid);
      const tasks = events.filter((it) => it.name === "RunTask" && isPage(it));
      return { whole: longestOf(tasks), script: longestOf(scripts) };
    },
  };
}

/** In milliseconds of processor time. */
function longestOf(events) {
  return Math.max(0, ...events.map(({ tdur = 0 }) => tdur / 1_000));
}
