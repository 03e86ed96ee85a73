// What an agent does and sees in Desk.

export async function goesOnDuty(desk) {
  await desk.getByRole("switch", { name: "On duty" }).click();
  await desk.getByRole("heading", { name: "Ready for calls" }).waitFor();
}

/** The newest card: what rings or is talked stands first. */
export function card(desk) {
  return desk.locator("[data-call]").first();
}

/** Waits until the newest card is in this state: ringing, talking, ended. */
export async function cardIs(desk, state) {
  await desk.locator(`[data-call][data-state=${state}]`).first().waitFor();
  return card(desk);
}

export async function removesCard(desk) {
  await card(desk).getByRole("button", { name: "Remove this card" }).click();
  await card(desk).waitFor({ state: "detached" });
}
