// Reading and writing the map of endpoints.
import { describe, expect, it } from "vitest";
import type { PhoneEndpoint } from "@/api/types";
import { firstNames, inOrder, isGood, read, written } from "./assignments";

const MAP = "PJSIP/alice=106\nPJSIP/a=b=107\nPJSIP/provider=trunk\nPJSIP/door=ignore";

const endpoint = (name: string, owner: PhoneEndpoint["owner"]): PhoneEndpoint => ({
  endpoint: name,
  owner,
  extension: null,
  name: null,
});

describe("the map of endpoints", () => {
  it("is read and written as it was", () => {
    const choices = read(MAP);
    expect(choices.get("PJSIP/alice")).toEqual({ owner: "extension", extension: "106" });
    expect(choices.get("PJSIP/a=b")).toEqual({ owner: "extension", extension: "107" });
    expect(choices.get("PJSIP/provider")).toEqual({ owner: "trunk" });
    expect(choices.get("PJSIP/door")).toEqual({ owner: "ignored" });
    expect(written(choices)).toBe(MAP);
  });

  it("is empty where nothing was written", () => {
    expect(read(undefined).size).toBe(0);
    expect(written(read(" \n "))).toBe("");
  });

  it("leaves out what is left to the patterns", () => {
    const choices = new Map(read(MAP)).set("PJSIP/alice", { owner: "found" });
    expect(written(choices)).not.toContain("alice");
  });
});

it.each([
  ["106", true],
  [" *8 ", true],
  ["", false],
  ["Alice", false],
  ["12345678901", false],
])("the extension %j can be saved: %s", (extension, good) => {
  expect(isGood({ owner: "extension", extension })).toBe(good);
});

it("what belongs to nobody comes first, and 9 comes before 10", () => {
  const list = [
    endpoint("PJSIP/10", "extension"),
    endpoint("PJSIP/9", "extension"),
    endpoint("PJSIP/trunk", "unassigned"),
  ];
  expect(inOrder(list).map((it) => it.endpoint)).toEqual(["PJSIP/trunk", "PJSIP/9", "PJSIP/10"]);
});

it("three names are told and the rest is counted", () => {
  const list = ["a", "b", "c", "d", "e"].map((name) => endpoint(name, "unassigned"));
  expect(firstNames(list)).toEqual({ names: "a, b, c", more: 2 });
});
