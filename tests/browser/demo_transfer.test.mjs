// A call is passed on in the demo: what a newcomer sees of it at two Desks, without a phone system.
import assert from "node:assert/strict";
import { before } from "node:test";
import { goesTo } from "./stage/console.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { openOffice } from "./stage/office.mjs";
import { partsOf } from "./stage/softphones.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "+14155550134";

let office;
let bob;
let alicesDesk;
let bobsDesk;

before(async () => {
  office = await openOffice();
  bob = await office.browser.person("bob");
  bobsDesk = await bob.opens(await signInLinkOf("Bob Brown"));
  await bobsDesk.waitForURL("**/desk/");
  alicesDesk = await office.admin.opens(`${office.demo.home}/desk/`);
  await goesOnDuty(bobsDesk);
});

story("a call that is passed on rings the colleague, and the journal has both agents", async () => {
  const call = await office.phones.kept(async () => {
    const outside = await office.phones.calledBy(MAYA, "101");
    await office.phones.answers("101");
    const alices = await cardIs(alicesDesk, "talking");
    await alices.getByRole("button", { name: "Transfer", exact: true }).click();
    await alices.getByLabel("Transfer to a number or an extension").fill("102");
    const transfer = alices.getByRole("button", { name: "Transfer now" });
    const page = await bob.newTab(() => transfer.click());
    await page.getByRole("heading", { name: "Maya Torres" }).waitFor();
    await cardIs(alicesDesk, "ended");
    const bobs = await cardIs(bobsDesk, "ringing");
    await bobs.getByText("Maya Torres").waitFor();
    await bobs.getByRole("button", { name: "Answer" }).click();
    await cardIs(bobsDesk, "talking");
    await office.phones.outsideHangsUp(outside);
    await cardIs(bobsDesk, "ended");
  });
  assert.equal(call.direction, "inbound");
  assert.deepEqual(partsOf(call), [
    ["101", "transferred"],
    ["102", "answered"],
  ]);
  const tasks = await office.crm.tasks();
  assert.equal(tasks.length, 2, "one for each agent");
});

story("no page of this call failed or broke its own policy", () => {
  assert.deepEqual([office.admin.faults, bob.faults], [[], []]);
});

/** As an admin makes it for somebody of the demo's company. */
async function signInLinkOf(name) {
  const { page } = office;
  await goesTo(page, "People");
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Make a sign-in link" }).click();
  const made = page.getByRole("dialog", { name: `Sign-in link for ${name}` });
  return made.getByRole("textbox", { name: "Sign-in link" }).inputValue();
}
