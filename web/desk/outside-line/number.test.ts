// Picking and typing callers on the Outside line page.
import { expect, it } from "vitest";
import { callerText, numberIsGood, numberOf } from "./number";

const eve = { name: "Eve Adams (Acme)", number: "+14155550134" };

it("takes the number of a picked caller, brackets in the name or not", () => {
  expect(numberOf(callerText(eve), [eve])).toBe("+14155550134");
});

it("takes what was typed as it is", () => {
  expect(numberOf(" +1 415 555 0199 ", [eve])).toBe("+1 415 555 0199");
});

it.each(["+1 (415) 555-0134", "13800138000", "101"])("%s can be called from", (number) => {
  expect(numberIsGood(number)).toBe(true);
});

it.each(["", "+", "Eve", "1", "<script>"])("%j cannot be called from", (number) => {
  expect(numberIsGood(number)).toBe(false);
});
