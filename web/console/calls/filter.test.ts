// What the call list is narrowed by, in the page's address.
import { describe, expect, it } from "vitest";
import { calls } from "@/texts/en/calls";
import { asQuery, callSearch, narrowedBy, REASONS } from "./filter";

describe("x12: the filter in the address", () => {
  it("keeps what it understands and drops the rest", () => {
    const filter = callSearch({
      from: "2026-01-01",
      to: "soon",
      direction: "sideways",
      extension: 101,
      person: "  ",
      journal: "skipped",
      reason: "not_bound",
      colour: "red",
    });
    expect(filter).toEqual({
      from: "2026-01-01",
      extension: "101",
      journal: "skipped",
      reason: "not_bound",
    });
    expect(narrowedBy(filter)).toBe(4);
    expect(narrowedBy(callSearch({}))).toBe(0);
  });

  it("has a reason only for what is not written", () => {
    expect(callSearch({ journal: "written", reason: "not_bound" })).toEqual({ journal: "written" });
  });

  it("asks for the file what the list was asked for", () => {
    expect(asQuery({ number: "+1 415", journal: "none" })).toBe("number=%2B1+415&journal=none");
  });

  it("names every reason for which a call is not written", () => {
    expect(Object.keys(calls.why).sort()).toEqual([...REASONS].sort());
  });
});
