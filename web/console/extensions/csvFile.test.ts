// Files as spreadsheets write them.
import { expect, it } from "vitest";
import { decoded } from "./csvFile";

const bytes = (...list: number[]) => new Uint8Array(list).buffer;

it("UTF-8 is read as it is, without its mark", () => {
  expect(decoded(bytes(0xef, 0xbb, 0xbf, 0xe6, 0x9d, 0x8e, 0xe9, 0x9b, 0xb7))).toBe("李雷");
});

it("GBK is read where it is no UTF-8", () => {
  expect(decoded(bytes(0xc0, 0xee, 0xc0, 0xd7, 0x2c, 0x31))).toBe("李雷,1");
});
