// What was started is stopped when the file's tests are over, newest first, also after a failure.
import { after } from "node:test";

const deeds = [];

/** @param {() => Promise<unknown>} deed */
export function atTheEnd(deed) {
  deeds.push(deed);
}

after(async () => {
  const problems = [];
  for (const deed of deeds.reverse()) {
    await deed().catch((problem) => problems.push(problem));
  }
  if (problems.length > 0) throw new AggregateError(problems, "not everything could be stopped");
});
