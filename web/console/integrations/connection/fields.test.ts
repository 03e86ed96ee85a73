// The fields of the CRMs' forms, as their connectors ask for them.
import { describe, expect, it } from "vitest";
import type { CrmConnection, CrmField, CrmSignIn } from "@/api/types";
import { moved } from "../order";
import { followsFrom, mustFillIn, shownFields, signInWith } from "./fields";

const field = (name: string, more: Partial<CrmField> = {}): CrmField => ({
  name,
  kind: "text",
  default: null,
  choices: [],
  ...more,
});

const choices = (sign_in: CrmSignIn, ...values: string[]) =>
  values.map((value) => ({ value, sign_in }));

const crm = (kind: string, sign_in: CrmSignIn, fields: CrmField[]) =>
  ({ kind, sign_in, fields }) as unknown as CrmConnection;

const hubspot = crm("hubspot", "settings", [
  field("way", {
    kind: "choice",
    default: "service_key",
    choices: [...choices("settings", "service_key"), ...choices("consent", "oauth")],
  }),
  field("service_key", { kind: "secret", default: "" }),
  field("client_id", { default: "" }),
  field("client_secret", { kind: "secret", default: "" }),
]);

const zoho = crm("zoho", "consent", [
  field("data_centre", { kind: "choice", default: "us", choices: choices("consent", "us", "eu") }),
  field("accounts_url", { kind: "url", default: "" }),
]);

const names = (of: CrmConnection, settings: Record<string, string>) =>
  shownFields(of, settings).map(({ name }) => name);

describe("HubSpot's form", () => {
  it("shows what the chosen way needs, and nothing of the other", () => {
    expect(names(hubspot, { way: "service_key" })).toEqual(["way", "service_key"]);
    expect(names(hubspot, { way: "oauth" })).toEqual(["way", "client_id", "client_secret"]);
  });

  it("wants what the chosen way needs, though the other way leaves it empty", () => {
    expect(mustFillIn(hubspot, field("service_key", { default: "" }))).toBe(true);
    expect(mustFillIn(hubspot, field("api_url", { default: "https://x.example" }))).toBe(false);
  });

  it("a20: signs in on a page only where the chosen way has one", () => {
    expect(signInWith(hubspot, { way: "service_key" })).toBe("settings");
    expect(signInWith(hubspot, { way: "oauth" })).toBe("consent");
  });
});

describe("Zoho's form", () => {
  it("a16: a data centre fills in its addresses", () => {
    expect(followsFrom(zoho, "data_centre", "eu")).toEqual({
      accounts_url: "https://accounts.zoho.eu",
      crm_url: "https://crm.zoho.eu",
    });
    expect(followsFrom(zoho, "data_centre", "moon")).toEqual({});
    expect(followsFrom(hubspot, "data_centre", "eu")).toEqual({});
  });

  it("signs in on Zoho's page whatever is chosen", () => {
    expect(signInWith(zoho, { data_centre: "eu" })).toBe("consent");
  });
});

it("a2: a CRM moves up and down among the others", () => {
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
});
