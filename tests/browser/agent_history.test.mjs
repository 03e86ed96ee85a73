// An agent's own calls at Desk: what was missed, and a click that calls back.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { chooses } from "./stage/desk.mjs";
import { eventually } from "./stage/eventually.mjs";
import { openOffice } from "./stage/office.mjs";
import { story } from "./stage/story.mjs";

const MAYA = "+14155550134";
/** Nobody in the stand-ins has it. */
const EVE = "+14155550177";
const EVE_SHOWN = "(415) 555-0177";

let office;
let desk;
let alice;

before(async () => {
  office = await openOffice();
  alice = await office.admin.opens(`${office.demo.home}/desk/`);
});

story("what was missed is counted until it is looked at", async () => {
  await office.phones.missed(MAYA, "101");
  await office.phones.missed(EVE, "101");
  const head = alice.getByRole("button", { name: "Your calls" });
  await head.getByText("2 missed").waitFor();
  await head.click();
  await head.getByText("missed").waitFor({ state: "detached" });
  await row(alice, EVE_SHOWN).getByText("Missed").waitFor();
  await alice.reload();
  await alice.getByRole("button", { name: "Your calls" }).waitFor();
  await office.phones.missed(EVE, "101");
  await alice.getByRole("button", { name: "Your calls" }).getByText("1 missed").waitFor();
});

story("the calls of colleagues are not among them, whatever the reader's role", async () => {
  await office.phones.answered("+14155550139", "102");
  await office.phones.answered(MAYA, "101");
  await unfolds(alice);
  await row(alice, "Maya").getByText("Answered").waitFor();
  assert.equal(await alice.getByText("0139").count(), 0);
});

story("a click calls back, from the agent's own phone", async () => {
  await row(alice, EVE_SHOWN)
    .getByRole("button", { name: /^Call / })
    .click();
  await office.phones.answers("101");
  await eventually("the phone system calls the number", async () => {
    const { calls } = await office.api.read("/demo");
    return calls.some((call) => JSON.stringify(call).includes(EVE));
  });
  await office.phones.fallSilent();
});

story("f17: who may not see numbers sees none here, and calls back all the same", async () => {
  await masks(true);
  const { sign_in_link } = await office.api.send("/accounts", {
    email: "eva@example.com",
    name: "Eva",
    role: "agent",
    extension: "102",
  });
  await office.phones.missed(EVE, "102");
  const agent = await office.browser.person("agent");
  desk = await agent.opens(sign_in_link);
  await unfolds(desk);
  const hidden = row(desk, "•••••• 77").first();
  await hidden.getByText("Missed").waitFor();
  await isAccessible(desk, "an agent's own calls");
  assert.doesNotMatch(await desk.content(), /0177/);
  await hidden.getByRole("button", { name: /^Call / }).click();
  await desk.getByRole("region", { name: "Calling •••••• 77" }).waitFor();
  await office.phones.answers("102");
  await eventually("the phone system calls the number", async () => {
    const { calls } = await office.api.read("/demo");
    return calls.some((call) => JSON.stringify(call).includes(EVE));
  });
});

story("f17: a Desk that is open shows numbers, or none, as soon as the admin says so", async () => {
  await office.phones.fallSilent();
  await masks(false);
  await row(desk, EVE_SHOWN).waitFor();
  await chooses(desk, "On duty");
  await office.phones.missed(EVE, "102");
  const cards = desk.getByRole("article");
  await cards.filter({ hasText: EVE_SHOWN }).first().waitFor();
  await masks(true);
  await row(desk, "•••••• 77").waitFor();
  await eventually("the page holds the number nowhere", async () => {
    return !(await desk.content()).includes("0177");
  });
  await masks(false);
  await row(desk, EVE_SHOWN).waitFor();
});

story("no page of these calls failed or broke its own policy", () => {
  assert.deepEqual(office.admin.faults, []);
});

/** A call in the list of this caller; the newest first. */
function row(page, who) {
  const calls = page.getByRole("region", { name: "Your calls" });
  return calls.getByRole("listitem").filter({ hasText: who }).first();
}

async function masks(on) {
  const organisation = await office.api.read("/organisation");
  await office.api.send("/organisation", { ...organisation, masks_numbers: on }, "PUT");
}

function unfolds(page) {
  return page.getByRole("button", { name: "Your calls" }).click();
}
