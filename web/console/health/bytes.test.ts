// Sizes of disks.
import { describe, expect, it } from "vitest";
import { bytesText } from "./bytes";

describe("a size", () => {
  it.each([
    [0, "0 byte"],
    [999, "999 byte"],
    [1_500, "1.5 kB"],
    [734_003_200, "734 MB"],
    [120_000_000_000, "120 GB"],
    [4_000_000_000_000_000, "4,000 TB"],
  ])("of %d bytes is %s", (bytes, text) => {
    expect(bytesText(bytes, "en")).toBe(text);
  });
});
