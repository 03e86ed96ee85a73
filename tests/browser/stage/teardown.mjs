// What was started is stopped when the file's tests are over, newest first, also after a failure
// and when somebody ends the run.
import { after } from "node:test";

const deeds = [];

/** @param {() => Promise<unknown>} deed */
export function atTheEnd(deed) {
  deeds.push(deed);
}

async function stopAll() {
  const problems = [];
  for (let deed = deeds.pop(); deed; deed = deeds.pop()) {
    await deed().catch((problem) => problems.push(problem));
  }
  if (problems.length > 0) throw new AggregateError(problems, "not everything could be stopped");
}

after(stopAll);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => void stopAll().finally(() => process.exit(1)));
}
