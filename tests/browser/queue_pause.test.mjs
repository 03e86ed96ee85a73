// What agents are at, as a real Asterisk's queues have it (QueuePause).
import assert from "node:assert/strict";
import { before } from "node:test";
import { joinsQueue, membersOf } from "./stage/ami.mjs";
import { Api } from "./stage/api.mjs";
import { asteriskUp } from "./stage/asterisk.mjs";
import { isAccessible } from "./stage/axe.mjs";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { chooses, goesOnDuty } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** The queues of which 101 is a member: as a phone, and behind a Local channel. */
const QUEUES = ["hunt", "localq", "serial", "support"];

let asterisk;
let api;
let alice;
let desk;

before(async () => {
  let linecard;
  [asterisk, linecard] = await Promise.all([asteriskUp(), startLinecard()]);
  const browser = await openBrowser();
  const admin = await browser.person("admin");
  alice = await browser.person("alice");
  const office = await admin.opens(linecard.setUpLink);
  await console.setsUp(office);
  api = new Api(linecard.home, admin.context);
  await console.addsAsterisk(office, asterisk.facts);
  await office.getByText("Connected", { exact: true }).waitFor();
  await console.goesTo(office, "Extensions");
  await office.getByRole("button", { name: "Fetch from the phone system" }).click();
  await console.names(office, { number: "101", name: "Alice Adams", email: "alice@example.com" });
  desk = await alice.opens(await console.invites(office, "101"));
  await desk.waitForURL("**/desk/");
});

story(
  "who goes on a break is paused in all of their queues, with the reason, and nobody else",
  async () => {
    await goesOnDuty(desk);
    await chooses(desk, "Lunch");
    await queuesHave("Lunch");
    const others = (await membersOf(asterisk.facts)).filter((member) => !isAlice(member));
    assert.ok(others.length > 0 && others.every(({ paused }) => !paused), JSON.stringify(others));
  },
);

story("another reason replaces the one before, and off duty is one", async () => {
  await chooses(desk, "Meeting");
  await queuesHave("Meeting");
  await chooses(desk, "Off duty");
  await queuesHave("Off duty");
});

story("on duty again, the queues ring the agent", async () => {
  await goesOnDuty(desk);
  await queuesHave(null);
});

story("an Asterisk that was started anew is told again", async () => {
  await chooses(desk, "Lunch");
  await queuesHave("Lunch");
  await asterisk.crashesAndStartsAgain();
  await queuesHave("Lunch");
});

story("where Linecard may not tell the queues, Desk says so, until it may", async () => {
  await signsInAs("without-queues");
  await chooses(desk, "Meeting");
  await desk.getByText("The queues may still ring you").waitFor();
  await desk.getByText("“write = agent”").waitFor();
  await isAccessible(desk, "Desk whose queues do not know");
  await queuesHave("Lunch");
  await signsInAs(asterisk.facts.ami_username);
  await queuesHave("Meeting");
  await desk.getByText("The queues may still ring you").waitFor({ state: "detached" });
});

story("who joins a queue during a break is paused there at once", async () => {
  await chooses(desk, "Lunch");
  await queuesHave("Lunch");
  await joinsQueue(asterisk.facts, "nobody", "PJSIP/101");
  await queuesHave("Lunch", [...QUEUES, "nobody"]);
  await joinsQueue(asterisk.facts, "leaves", "PJSIP/101", "Local/101@internal/n");
  await queuesHave("Lunch", [...QUEUES, "leaves", "nobody"]);
});

story("no page of these breaks failed or broke its own policy", () => {
  assert.deepEqual(alice.faults, []);
});

function isAlice({ interface: its }) {
  return its === "PJSIP/101" || its.startsWith("Local/101@");
}

/** Waits until every queue of Alice has her paused for this reason; `null`: not paused. */
async function queuesHave(reason, queues = QUEUES) {
  let last;
  const asWanted = async () => {
    last = (await membersOf(asterisk.facts)).filter(isAlice);
    return (
      last.length > 0 &&
      last.every((it) => it.paused === (reason !== null) && it.reason === (reason ?? ""))
    );
  };
  await eventually(`the queues have ${reason}`, asWanted);
  assert.deepEqual(last.map(({ queue }) => queue).sort(), queues.toSorted());
}

/** The phone system is linked by another manager user. */
async function signsInAs(user) {
  const [{ id, kind, name, settings, version }] = await api.read("/phone-systems");
  const body = { kind, name, settings: { ...settings, username: user }, secrets: {}, version };
  await api.send(`/phone-systems/${id}`, body, "PUT");
  await eventually("the link is up", async () => {
    const [{ link }] = await api.read("/phone-systems");
    return link.state === "up";
  });
}
