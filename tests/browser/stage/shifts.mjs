// How far a page moves under the reader's eyes while its data arrives (CLS, Layout Instability API).

/**
 * Answers of the API take so long, one after the other: what asks first is not what is shown first.
 * In milliseconds.
 */
const DELAYS = [300, 60, 450, 150];

/** From now on the person's pages get their data late, and count what moves. */
export async function waitsForAnswers(person) {
  let asked = 0;
  await person.context.route("**/api/v1/**", async (route) => {
    const delay = DELAYS[asked % DELAYS.length];
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, delay));
    // The page may be gone meanwhile.
    await route.continue().catch(() => {});
  });
  await person.context.routeWebSocket("**/desk/socket", (page) => {
    const server = page.connectToServer();
    server.onMessage((message) => setTimeout(() => page.send(message), DELAYS[0]));
  });
  await person.context.addInitScript(() => {
    window.linecardShifts = [];
    const kept = (list) => window.linecardShifts.push(...list.getEntries());
    new PerformanceObserver(kept).observe({ type: "layout-shift", buffered: true });
  });
}

/** @returns {Promise<{ by: number, of: string[] }>} the sum of all shifts so far, and what moved */
export function shifted(page) {
  return page.evaluate(async () => {
    // What the last frame has moved is told after it.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const name = (node) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 120);
    const rect = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    return {
      by: window.linecardShifts.reduce((sum, { value }) => sum + value, 0),
      of: window.linecardShifts.flatMap(({ sources }) =>
        sources.map((it) => `${name(it.node)} ${rect(it.previousRect)} > ${rect(it.currentRect)}`),
      ),
    };
  });
}
