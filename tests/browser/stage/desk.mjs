// What an agent does and sees in Desk, with its tab in front (see console.mjs).

export async function goesOnDuty(desk) {
  await chooses(desk, "On duty");
  await desk.getByRole("heading", { name: "Ready for calls" }).waitFor();
}

/** Chooses what to be at: On duty, a reason for a break, Off duty. */
export async function chooses(desk, duty) {
  await desk.bringToFront();
  await dutyOf(desk).click();
  await choice(desk, duty).click();
  await desk.getByRole("button", { name: `Duty: ${duty}`, exact: true }).waitFor();
}

/** One of the duties that the open choice offers. */
export function choice(desk, duty) {
  return desk
    .getByRole("dialog", { name: "Duty" })
    .getByRole("button", { name: duty, exact: true });
}

/** The button that says what the agent is at. */
export function dutyOf(desk) {
  return desk.getByRole("button", { name: /^Duty: / });
}

/** The newest card: what rings or is talked stands first. */
export function card(desk) {
  return desk.locator("[data-call]").first();
}

/** Waits until the newest card is in this state: ringing, talking, ended. */
export async function cardIs(desk, state) {
  await desk.bringToFront();
  await desk.locator(`[data-call][data-state=${state}]`).first().waitFor();
  return card(desk);
}

/** Removes the newest card, whatever others remain. */
export async function removesCard(desk) {
  await desk.bringToFront();
  const call = await card(desk).getAttribute("data-call");
  const shown = desk.locator(`[data-call="${call}"]`);
  await shown.getByRole("button", { name: "Remove this card" }).click();
  await shown.waitFor({ state: "detached" });
}
