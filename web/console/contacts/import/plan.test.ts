// What becomes of each column of a table that is imported.
import { describe, expect, it } from "vitest";
import type { ImportPlan } from "@/api/types";
import { FIELDS, isAwaited, readAnew, withColumn } from "./plan";

const plan: ImportPlan = {
  delimiter: ",",
  encoding: null,
  has_header: true,
  columns: ["name", "mobile", null],
  on_duplicate: "skip",
};

describe("what is chosen for an import", () => {
  it("gives a field to one column only", () => {
    expect(withColumn(plan, 2, "mobile").columns).toEqual(["name", null, "mobile"]);
    expect(withColumn(plan, 0, null).columns).toEqual([null, "mobile", null]);
  });

  it("lets several columns have labelled numbers", () => {
    const one = withColumn(plan, 1, "labelled_number");
    expect(withColumn(one, 2, "labelled_number").columns).toEqual([
      "name",
      "labelled_number",
      "labelled_number",
    ]);
  });

  it("has the columns guessed anew when the file is read otherwise", () => {
    expect(readAnew(plan, { delimiter: ";" })).toMatchObject({ delimiter: ";", columns: [] });
  });

  it("offers every field once", () => {
    expect(new Set(FIELDS).size).toBe(17);
  });
});

describe("an import", () => {
  it("is looked at again until lists show all that it added", () => {
    expect(isAwaited({ state: "running", unlisted: 0 })).toBe(true);
    expect(isAwaited({ state: "cancelled", unlisted: 7 })).toBe(true);
    expect(isAwaited({ state: "cancelled", unlisted: 0 })).toBe(false);
  });
});
