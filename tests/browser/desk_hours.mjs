// An agent's shift: Desk on duty with a call a minute on a real Asterisk, for two hours
// (`npm run bench:desk`; MINUTES says how many). Not a test: it tells how many calls were missed, and
// what Desk's page and the server hold in memory as the time goes by.
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { cardIs } from "./stage/desk.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";

const MINUTES = Number(process.env.MINUTES ?? 120);
const MINUTE_MS = 60_000;
const CALLER = "14155550134";
/** How often memory is told. */
const TELLS_EVERY = 10;

test(`${MINUTES} minutes on duty`, async () => {
  const office = await openSoftphones();
  const { person, desk } = office.alice;
  const page = await person.context.newCDPSession(desk);
  await page.send("Performance.enable");
  const begun = Date.now();
  let missed = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await pause(begun + minute * MINUTE_MS - Date.now());
    const problem = await takesCall(office).then(
      () => undefined,
      (error) => error,
    );
    if (problem) {
      missed += 1;
      tells(`minute ${minute + 1}: missed: ${problem.message}`);
    }
    if ((minute + 1) % TELLS_EVERY === 0 || minute === 0) {
      const { heap, nodes } = await pageHolds(page);
      tells(
        `minute ${minute + 1}: ${missed} missed; Desk ${heap} MB, ${nodes} nodes; server ${await serverHolds(office)} MB`,
      );
    }
  }
  tells(`${MINUTES} calls, ${missed} missed; ${office.alice.person.faults.length} faults`);
});

/** At once: a runner keeps its diagnostics to the end. */
function tells(line) {
  process.stdout.write(`${line}\n`);
}

/** Rings, is answered in Desk, is heard both ways, ends, and is kept as answered by Alice. */
async function takesCall(office) {
  const { desk } = office.alice;
  const outside = office.asterisk.calls("trunk", ALICE, { number: CALLER, echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  await (await cardIs(desk, "talking")).getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  const parts = partsOf(await office.kept());
  const answered = parts.some(
    ([extension, outcome]) => extension === "101" && outcome === "answered",
  );
  if (!answered) throw new Error(`kept as ${JSON.stringify(parts)}`);
}

/** After what nobody refers to is gone. */
async function pageHolds(page) {
  await page.send("HeapProfiler.collectGarbage");
  const { metrics } = await page.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: (of("JSHeapUsedSize") / 1e6).toFixed(1), nodes: of("Nodes") };
}

async function serverHolds(office) {
  return (await office.linecard.resident()).toFixed(1);
}
