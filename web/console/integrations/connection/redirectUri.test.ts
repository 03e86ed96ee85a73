// The address that the admin pastes into the CRM's app.
import { describe, expect, it } from "vitest";
import type { CrmConnection } from "@/api/types";
import { redirectUri, startHome } from "./redirectUri";

const connection = {
  kind: "salesforce",
  home_address: null,
  redirect_uri: null,
} as unknown as CrmConnection;
const homes = ["https://linecard.example/", "http://127.0.0.1:8080/"];

describe("the redirect URI", () => {
  it("a8: follows the home address that is picked", () => {
    expect(redirectUri(connection, "https://linecard.example/")).toBe(
      "https://linecard.example/integration/callback/api/crm/salesforce/",
    );
  });

  it("is the server's own for the home address that is saved", () => {
    const saved = { ...connection, home_address: homes[0] ?? null, redirect_uri: "https://x/y/" };
    expect(redirectUri(saved, homes[0] ?? "")).toBe("https://x/y/");
    expect(redirectUri(saved, "https://other.example")).toContain("https://other.example/");
  });

  it("a9: starts from the address by which the admin came, if it is one of them", () => {
    expect(startHome(connection, homes, "http://127.0.0.1:8080")).toBe("http://127.0.0.1:8080/");
    expect(startHome(connection, homes, "http://elsewhere.example")).toBe(homes[0]);
  });
});
