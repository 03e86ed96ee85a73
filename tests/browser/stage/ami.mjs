// Asks Asterisk itself, over its manager interface: a connection for each question.
import { once } from "node:events";
import { createConnection } from "node:net";

/**
 * Whether Asterisk can reach a device now.
 * @param {string} device as in `PJSIP/101`
 */
export async function isReachable(facts, device) {
  const answer = await ask(facts, "DeviceStateList", "EventList: Complete");
  const state = answer
    .split("\r\n\r\n")
    .find((block) => block.includes(`\r\nDevice: ${device}\r\n`))
    ?.match(/\r\nState: (\S+)/)?.[1];
  return state !== undefined && !["UNAVAILABLE", "INVALID", "UNKNOWN"].includes(state);
}

/** The members of all queues: whose interface, in which queue, and whether it is paused. */
export async function membersOf(facts) {
  const answer = await ask(facts, "QueueStatus", "EventList: Complete");
  const blocks = answer.split("\r\n\r\n").filter((it) => it.includes("Event: QueueMember\r\n"));
  return blocks.map((block) => {
    const value = (name) => block.match(new RegExp(`(?:^|\\n)${name}: ?([^\\r\\n]*)`))?.[1] ?? "";
    return {
      queue: value("Queue"),
      interface: value("Location"),
      paused: value("Paused") === "1",
      reason: value("PausedReason"),
    };
  });
}

/**
 * A phone is made a member of a queue, as by `queue add member`.
 * @param {string} by the interface that the queue calls, where that is not the phone itself
 */
export async function joinsQueue(facts, queue, phone, by = phone) {
  const action = ["QueueAdd", "ActionID: joins", `Queue: ${queue}`, `Interface: ${by}`];
  action.push(`StateInterface: ${phone}`);
  const answer = await ask(facts, action.join("\r\n"), "ActionID: joins");
  if (!answer.includes("Response: Success\r\nActionID: joins")) throw new Error(answer);
}

/** Whoever talks over the trunk hangs up. */
export async function outsideHangsUp(facts) {
  await ask(facts, "Hangup\r\nChannel: /^PJSIP\\/trunk-.*$/", "EventList: Complete");
}

/** What comes until `end`. */
async function ask({ host, ami_port, ami_username, ami_secret }, action, end) {
  const socket = createConnection(ami_port, host);
  try {
    await once(socket, "connect");
    socket.setEncoding("utf8");
    const login = [`Username: ${ami_username}`, `Secret: ${ami_secret}`, "Events: off"];
    socket.write(["Action: Login", ...login, "", `Action: ${action}`, "", ""].join("\r\n"));
    let heard = "";
    for await (const text of socket) {
      heard += text;
      if (heard.includes(end)) return heard;
    }
    throw new Error(`Asterisk hung up: ${heard}`);
  } finally {
    socket.destroy();
  }
}
