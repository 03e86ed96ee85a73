import { expect, test } from "vitest";
import page from "../../../../docs/asterisk.md?raw";
import { agiDialPlan, httpDialPlan, isExtension } from "./dialPlan";

test("x8: the page shows the dial plans that the documentation has and the tests call", () => {
  const documented = page.replaceAll("exten => 5551000,1,", "exten => _X.,1,");
  expect(documented).toContain(agiDialPlan("101"));
  expect(documented).toContain(httpDialPlan("101", "http://127.0.0.1:8080", "TOKEN"));
});

test("what is no extension gets into no dial plan", () => {
  expect(["101", "2000"].every(isExtension)).toBe(true);
  expect(["", "1", "101)", "a", "1&2"].some(isExtension)).toBe(false);
});
