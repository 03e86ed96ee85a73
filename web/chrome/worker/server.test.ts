import { expect, test } from "vitest";
import { originOf } from "./server";

test("an address is read as people type it", () => {
  expect(originOf(" linecard.example.com ")).toBe("https://linecard.example.com");
  expect(originOf("linecard.example.com:8443/desk/")).toBe("https://linecard.example.com:8443");
  expect(originOf("http://127.0.0.1:8080/")).toBe("http://127.0.0.1:8080");
  expect(originOf("HTTPS://Linecard.Example.com")).toBe("https://linecard.example.com");
});

test("what is no address of a server is none", () => {
  for (const typed of ["", "   ", "javascript:alert(1)", "ftp://linecard.example.com", "a b"]) {
    expect(originOf(typed)).toBeNull();
  }
});
