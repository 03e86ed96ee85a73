// Whom "call back" calls.
import { describe, expect, it } from "vitest";
import { calleeOf } from "./useDial";

describe("f17: the other side of a call is called again", () => {
  it.each([
    [{ number: "(415) 555-0134", handle: null }, { number: "(415) 555-0134" }],
    [{ number: "•••••• 34", handle: "AbC" }, { handle: "AbC" }],
    [{ number: null, handle: null }, null],
    [{}, null],
  ])("%o is called by %o", (shown, callee) => {
    expect(calleeOf(shown)).toEqual(callee);
  });
});
