// The rights that a CRM has given.
import { describe, expect, it } from "vitest";
import type { CrmProbe } from "@/api/types";
import { scopeStates } from "./scopes";

const scopes = ["crm", "crm.objects.contacts.read", "user"];

const probe = (...refusals: string[]) =>
  ({
    checks: [
      { ability: "list_users", allowed: true },
      ...refusals.map((words) => ({ ability: "read_contacts", allowed: false, words })),
    ],
  }) as unknown as CrmProbe;

const states = (tried: CrmProbe | null) =>
  [...scopeStates({ scopes, probe: tried, problem: null }).values()].join(" ");

describe("a5: the rights that were asked for", () => {
  it("are unknown until they were tried", () => {
    expect(states(null)).toBe("unknown unknown unknown");
  });

  it("are given where everything is allowed", () => {
    expect(states(probe())).toBe("given given given");
  });

  it("are missing where a refusal names them, and the others are given", () => {
    const words = "Missing: crm.objects.contacts.read.";
    expect(states(probe(words))).toBe("given missing given");
    expect(states(probe("The right crm is needed"))).toBe("missing given given");
  });

  it("a19: are missing where Linecard's own advice is about them", () => {
    const advice = { code: "webhook_scope", about: "crm" };
    const problem = { what: "permission", words: "", since: "", advice } as never;
    const all = scopeStates({ scopes, probe: null, problem });
    expect([...all.values()].join(" ")).toBe("missing unknown unknown");
  });

  it("are unknown where a refusal names none", () => {
    expect(states(probe("Insufficient privileges"))).toBe("unknown unknown unknown");
  });

  it("are missing where the connection stopped for want of one", () => {
    const problem = { what: "permission", words: "no right: user", since: "" } as never;
    const all = scopeStates({ scopes, probe: null, problem });
    expect([...all.values()].join(" ")).toBe("unknown unknown missing");
  });
});
