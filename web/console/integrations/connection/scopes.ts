// Which of the rights that Linecard asks for the CRM has given (A5), as far as its last look at the
// connection tells.
import type { CrmCheck, CrmConnection } from "@/api/types";

/** `unknown`: nothing was tried yet, or the CRM refused something and did not say for want of what. */
export type ScopeState = "given" | "missing" | "unknown";

type Tried = Pick<CrmConnection, "scopes" | "probe" | "problem">;

export function scopeStates({ scopes, probe, problem }: Tried): Map<string, ScopeState> {
  const refusals = (probe?.checks ?? []).filter(({ allowed }) => !allowed).map(said);
  const words = [...refusals, problem ? said(problem) : ""];
  const missing = scopes.filter((scope) => words.some((text) => names(text, scope)));
  // A refusal that names no right leaves open which one it was.
  const explained = refusals.every((text) => missing.some((scope) => names(text, scope)));
  const others = probe && explained && !problem ? "given" : "unknown";
  return new Map(
    scopes.map((scope) => [scope, missing.includes(scope) ? "missing" : others] as const),
  );
}

/** What names the right: the CRM's words, or what Linecard's own advice is about. */
function said({ words, advice }: Pick<CrmCheck, "words" | "advice">): string {
  return `${words ?? ""} ${advice?.about ?? ""}`;
}

/** As a word of its own: `crm` is no part of `crm.objects.contacts.read`. */
function names(text: string, scope: string): boolean {
  return text.split(/[^A-Za-z0-9._]+/).some((word) => word.replace(/\.$/, "") === scope);
}
