// What links to be dialled say (RFC 3966, and what CRMs write instead).
import { expect, it } from "vitest";
import { numberOf } from "./links";

it.each([
  ["tel:+49-30-901820", "+49-30-901820", null],
  ["TEL:+4930901820;ext=12", "+4930901820", "12"],
  ["tel:7042;phone-context=example.com", "7042", null],
  ["callto:010-62551234", "010-62551234", null],
  ["callto://+14155550134", "+14155550134", null],
  ["tel:%2B1%20(415)%20555-0134", "+1 (415) 555-0134", null],
  ["tel:100%", "100%", null],
])("c1 %s calls %s", (address, number, extension) => {
  expect(numberOf(address)).toEqual({ number, extension });
});

it.each(["https://example.com/tel:1", "mailto:a@example.com", "tel:", "tel:abc", "javascript:1"])(
  "c1 %s is no number",
  (address) => {
    expect(numberOf(address)).toBeNull();
  },
);
