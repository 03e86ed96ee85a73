// A question stands in the address and comes back as it was typed.
import { describe, expect, it } from "vitest";
import { askedIn, explainSearch, NOTHING, questionOf, searchOf } from "./question";

describe("a question", () => {
  it("comes back from the address, also where that made a number of the digits", () => {
    expect(askedIn(explainSearch({ number: 14155550134, extension: 101 }))).toEqual({
      ...NOTHING,
      number: "14155550134",
      extension: "101",
    });
    const typed = { ...NOTHING, number: "+1 415 555 0134", direction: "outbound" as const };
    expect(askedIn(searchOf(typed))).toEqual(typed);
  });

  it("with an empty number is one about a withheld caller, and not no question", () => {
    expect(explainSearch({ number: "" }).number).toBe("");
    expect(explainSearch({}).number).toBeUndefined();
  });

  it("takes a number as it is pasted from a link or a table", () => {
    expect(searchOf({ ...NOTHING, number: " tel:+1-415-555-0134\n" }).number).toBe(
      "+1-415-555-0134",
    );
    expect(searchOf({ ...NOTHING, number: "(415)\t555\n0134" }).number).toBe("(415) 555 0134");
  });

  it("leaves out a moment that is none, and sends one with its zone", () => {
    expect(askedIn({ number: "1", at: "tomorrow" }).at).toBe("");
    const sent = questionOf({ ...NOTHING, at: "2026-03-02T10:00" }, false).at;
    expect(sent).toBe(new Date("2026-03-02T10:00").toISOString());
  });
});
