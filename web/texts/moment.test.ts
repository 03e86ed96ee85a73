import { describe, expect, it } from "vitest";
import { momentText } from "./moment";

describe("a point in time", () => {
  it("leaves the date out for today", () => {
    const noon = new Date(2026, 0, 2, 12);
    expect(momentText(noon.toISOString(), "en", new Date(2026, 0, 2, 13))).not.toContain("Jan");
    expect(momentText(noon.toISOString(), "en", new Date(2026, 0, 3, 13))).toContain("Jan");
  });
});
