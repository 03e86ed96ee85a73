import { expect, test } from "vitest";
import { shortened } from "./days";

const before = {
  calls: null,
  audit: 730,
  webhook_deliveries: 7,
  dead_jobs: 90,
  imports: 90,
  version: 1,
};

test("fewer days are shorter, and so is any number of days than for ever", () => {
  expect(shortened(before, { ...before, calls: 36_500, imports: 89 })).toEqual([
    "calls",
    "imports",
  ]);
});

test("more days, for ever and the same are not shorter", () => {
  expect(shortened(before, { ...before, audit: null, dead_jobs: 91 })).toEqual([]);
});
