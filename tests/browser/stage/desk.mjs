// What an agent does and sees in Desk, with its tab in front (see console.mjs).

export async function goesOnDuty(desk) {
  await desk.bringToFront();
  await desk.getByRole("switch", { name: "On duty" }).click();
  await desk.getByRole("heading", { name: "Ready for calls" }).waitFor();
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
