// The nine slots of a form: what a contact puts in, and what is sent.
import { describe, expect, it } from "vitest";
import type { ContactNumber } from "@/api/types";
import { fieldOf, filledIn, inSlots } from "./slots";

const number = (slot: ContactNumber["slot"], written: string): ContactNumber => ({
  slot,
  written,
  e164: null,
  shown: null,
});

describe("the slots", () => {
  it("hold one number each, and what a CRM gave besides", () => {
    const { slots, others } = inSlots([
      number("mobile", "1"),
      number("other", "2"),
      number("other", "3"),
    ]);
    expect([slots.mobile, slots.other, slots.home, others]).toEqual(["1", "2", "", ["3"]]);
  });

  it("send what is filled in and name the field that the server found fault with", () => {
    const { slots } = inSlots([number("home", "030 1"), number("business", "030 2")]);
    const sent = filledIn(slots, [" ", "030 3"]);
    expect(sent.map(({ slot, written }) => [slot, written])).toEqual([
      ["business", "030 2"],
      ["home", "030 1"],
      ["other", "030 3"],
    ]);
    expect(fieldOf("numbers.1.written", sent)).toBe("slots.home");
    expect(fieldOf("numbers.2.written", sent)).toBe("others.1");
    expect(fieldOf("name", sent)).toBe("name");
  });
});
