// Chromium's own record of what a page's main thread does: on a busy machine its clock tells more.

/**
 * Records from now on; `ends` tells the longest task and our own script's longest piece, in processor
 * time, and the longest task by the clock; all in milliseconds.
 */
export async function records(session) {
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
      const ours = scripts.length > 0 ? scripts : events.filter(isOfThePage);
      const isPage = ({ pid, tid }) => ours.some((it) => it.pid === pid && it.tid === tid);
      const tasks = events.filter((it) => it.name === "RunTask" && isPage(it));
      return {
        whole: longestOf(tasks),
        script: longestOf(scripts),
        clock: Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1_000)),
      };
    },
  };
}

/** Without a script of ours: the thread that calls the page back for each frame. */
function isOfThePage({ name }) {
  return name === "FireAnimationFrame";
}

function longestOf(events) {
  return Math.max(0, ...events.map(({ tdur = 0 }) => tdur / 1_000));
}
