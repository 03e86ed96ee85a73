import { expect, test } from "vitest";
import type { CrmUser, ExtensionGroup } from "@/api/types";
import { boundUsers } from "./boundUsers";

const user = (name: string, extensions: string[], groups: string[] = []): CrmUser => ({
  id: name,
  name,
  email: null,
  is_system: false,
  extensions,
  groups,
});
const sales: ExtensionGroup = { id: "1", name: "Sales", extensions: ["101", "102"], version: 1 };

test("b7 an extension without a user of its own is its group's user's", () => {
  const bound = boundUsers([[user("Ada", ["101"]), user("Bo", [], ["1"])]], [sales]);
  expect([...bound]).toEqual([
    ["101", ["Ada"]],
    ["102", ["Bo"]],
  ]);
  expect(bound.has("103")).toBe(false);
});

test("b7 somebody whom two CRMs know is named once, others beside each other", () => {
  const bound = boundUsers(
    [[user("Ada", ["101"])], [user("Ada", ["101"])], [user("A. A.", ["101"])]],
    [],
  );
  expect(bound.get("101")).toEqual(["Ada", "A. A."]);
});
