// What somebody has selected and wants called.
import { expect, it } from "vitest";
import { selectedNumber } from "./selection";

it.each([
  [" 030/901820 ", "DE", "+4930901820", null],
  ["Tel. 030 901820 ext. 12", "DE", "+4930901820", "12"],
  // Short numbers, too: it was meant to be one.
  ["102", "DE", "102", null],
  ["*43", "DE", "*43", null],
  ["(415) 555-0134", "", "(415) 555-0134", null],
])("c1 of %j in %s it calls %s", (selected, country, number, extension) => {
  expect(selectedNumber(selected, country)).toEqual({ number, extension });
});

it.each(["", "Maya Ford", "7", "call 102 please", "<b>102</b>"])(
  "c1 %j calls nobody",
  (selected) => {
    expect(selectedNumber(selected, "DE")).toBeNull();
  },
);
