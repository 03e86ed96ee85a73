// What the dialog says of the number of a new extension.
import { describe, expect, it } from "vitest";
import { newNumberProblem } from "./newNumber";

const extensions = [{ number: "101" }, { number: "102" }];

describe("the number of a new extension", () => {
  it.each(["103", " 103 ", "*8102", "1".repeat(10)])("may be %j", (number) => {
    expect(newNumberProblem(number, extensions)).toBeNull();
  });

  it.each(["10 3", "+49301", "Eve", "１０３", "1".repeat(11)])("may not be %j", (number) => {
    expect(newNumberProblem(number, extensions)).toBe("not_an_extension");
  });

  it("is asked for when it is left out", () => {
    expect(newNumberProblem("  ", extensions)).toBe("required");
  });

  it("may not be one that somebody has, whose name would be overwritten", () => {
    expect(newNumberProblem(" 102 ", extensions)).toBe("extension_exists");
  });
});
