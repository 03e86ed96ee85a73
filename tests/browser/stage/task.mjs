// How a call must stand in Salesforce, worked out from what the test did and when.
import assert from "node:assert/strict";

/** The stand-in organisation's and Linecard's time zone in the tests. */
const ZONE = "America/New_York";

/**
 * Holds a Task's time against the time the test itself knows.
 * @param {number} from epoch milliseconds: the call began at or after this
 * @param {number} to epoch milliseconds: the call began at or before this
 */
export function assertTime(task, from, to) {
  const seconds = [];
  for (let at = Math.floor(from / 1000); at <= Math.ceil(to / 1000); at += 1) {
    seconds.push(new Date(at * 1000));
  }
  const days = seconds
    .map((at) => parts(at))
    .map(({ year, month, day }) => `${year}-${month}-${day}`);
  assert.ok(days.includes(task.ActivityDate), `ActivityDate ${task.ActivityDate}`);
  const times = seconds.map((at) => {
    const { year, month, day, hour, minute, second } = parts(at);
    return `Call: ${day}/${month}/${year} ${hour}:${minute}:${second} `;
  });
  assert.ok(
    times.some((time) => task.Description.startsWith(time)),
    `${task.Description} begins with none of ${times.join("| ")}`,
  );
}

/** Holds a duration against the length of the call, give or take a second. */
export function assertTalked(task, seconds) {
  const { CallDurationInSeconds: said } = task;
  assert.ok(Math.abs(said - seconds) <= 1, `${said} s is not about ${seconds} s`);
  assert.match(task.Description, new RegExp(` 00:00:0${said}$`));
}

function parts(at) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
