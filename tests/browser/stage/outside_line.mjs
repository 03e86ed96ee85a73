// What one does on the Outside line page: play the world that calls in.

/** Somebody of the list calls a target of the list: `101 Alice Adams`. */
export async function calls(page, caller, target) {
  await page.bringToFront();
  await picker(page, "Caller").fill(caller);
  await page.getByRole("option").filter({ hasText: caller }).first().click();
  await picker(page, "Calls").click();
  await page.getByRole("option", { name: target, exact: true }).click();
  await page.getByRole("button", { name: "Call", exact: true }).click();
}

/** The list that opens has the same label as its field. */
function picker(page, label) {
  return page.locator("input").and(page.getByLabel(label, { exact: true }));
}
