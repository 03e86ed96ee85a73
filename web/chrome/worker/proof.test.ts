import { expect, test } from "vitest";
import { newProof, randomText } from "./proof";

test("a challenge is the SHA-256 of its verifier in base64url (RFC 7636, 4.2)", async () => {
  const { verifier, challenge } = await newProof();
  expect(verifier).toMatch(/^[\w-]{43}$/);
  expect(challenge).toMatch(/^[\w-]{43}$/);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const padded = challenge.replaceAll("-", "+").replaceAll("_", "/");
  expect(atob(padded)).toBe(String.fromCharCode(...new Uint8Array(digest)));
});

test("no two sign-ins have the same secrets", () => {
  expect(randomText()).not.toBe(randomText());
});
