// Alice works at home. From there Linecard's page is reached, and no address of the phone system: her sound
// goes by a TURN server (Debian's coturn), with a pass that Linecard gives her. Then her network changes.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { cardIs, removesCard } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { farAway } from "./stage/far_away.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";
import { nameOfWay, waysOfSound } from "./stage/sound.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "14155550134";

let away;
let office;
let desk;

before(async () => {
  away = farAway();
  await away.startsTurn();
  const settings = await away.softphones();
  office = await openSoftphones({
    away,
    linecard: () => startLinecard(undefined, undefined, settings),
  });
  desk = office.alice.desk;
});

story("who works at home hears and is heard, through the TURN server", async () => {
  // Whoever calls gives back all it hears: Alice's own tone has been to the far end and back.
  const outside = office.asterisk.calls("trunk", ALICE, { number: MAYA, echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  assert.deepEqual(await waysOfSound(desk), ["relay"]);
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  await removesCard(desk);
});

story("the network changes in mid-call: the sound comes back", async (t) => {
  const outside = office.asterisk.calls("trunk", ALICE, { number: MAYA, echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  const first = await nameOfWay(desk);
  away.loses();
  await desk.getByText("The connection to Linecard is lost").waitFor();
  await desk.getByText("The sound is interrupted").waitFor();
  await isAccessible(desk, "a call whose sound is interrupted");
  away.finds();
  const found = performance.now();
  await eventually("there is another way", async () => {
    const name = await nameOfWay(desk);
    return name && name !== first;
  });
  await hearsTone(desk, TONES.alice);
  t.diagnostic(`heard again after ${Math.round(performance.now() - found)} ms`);
  assert.deepEqual(await waysOfSound(desk), ["relay"]);
  await desk.getByText("The sound is interrupted").waitFor({ state: "detached" });
  await cardIs(desk, "talking");
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  await removesCard(desk);
});

story("no page of these calls failed or broke its own policy", () => {
  // Chromium reports each connection that came to nothing meanwhile.
  const faults = office.alice.person.faults.filter(
    (fault) => !/ERR_(CONNECTION|EMPTY|INTERNET|NETWORK|SOCKET)|WebSocket connection/.test(fault),
  );
  assert.deepEqual(faults, []);
});
