// Between Linecard and Asterisk, SIP is encrypted (wss): with a certificate that this machine trusts a
// call is heard, with one that nobody vouches for nothing is sent.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isReachable } from "./stage/ami.mjs";
import { cardIs, chooses, goesOnDuty, removesCard } from "./stage/desk.mjs";
import { certificate, Encryption } from "./stage/encryption.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startLinecard } from "./stage/linecard.mjs";
import { ALICE, hearsTone, openSoftphones, partsOf, TONES } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

let encryption;
let trusted;
let office;
let desk;

before(async () => {
  trusted = await certificate();
  encryption = new Encryption(trusted);
  office = await openSoftphones({
    encrypts: encryption,
    linecard: () => startLinecard(undefined, undefined, { SSL_CERT_FILE: trusted.file }),
  });
  desk = office.alice.desk;
});

story("a call over wss is answered and heard", async () => {
  const outside = office.asterisk.calls("trunk", ALICE, { number: "14155550134", echo: true });
  const card = await cardIs(desk, "ringing");
  await card.getByRole("button", { name: "Answer" }).click();
  await cardIs(desk, "talking");
  await hearsTone(desk, TONES.alice);
  await card.getByRole("button", { name: "Hang up" }).click();
  await outside.finish();
  assert.deepEqual(partsOf(await office.kept()), [["101", "answered"]]);
  await removesCard(desk);
});

story("a certificate that nobody vouches for is not believed", async () => {
  await chooses(desk, "Off duty");
  await eventually("the softphone is gone", async () => !(await isRegistered()));
  encryption.shows(await certificate());
  const [refused] = await Promise.all([
    desk.waitForEvent("console", (message) => message.text().includes("/sip")),
    goesOnDuty(desk),
  ]);
  assert.match(refused.text(), /502/);
  await desk.getByText("The softphone is connecting.").waitFor();
  assert.equal(await isRegistered(), false);
  encryption.shows(trusted);
  await eventually("the softphone is registered again", isRegistered);
});

function isRegistered() {
  return isReachable(office.asterisk.facts, "PJSIP/101-web");
}
