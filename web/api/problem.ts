// What went wrong with a request, as RFC 9457 problem details; the pages show a text by `code`.
import type { CrmAdvice, ProblemBody } from "./types";

/** A request that did not succeed. `status` 0: no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  /** Names the text to show: `wrong_password`. */
  readonly code: string;
  /** The server's English sentence, shown when no text has this code. */
  readonly detail: string | null;
  /** What is wrong with which field; `path` is a JSON pointer into the request. */
  readonly fields: readonly { path: string; code: string; detail?: string | null }[];
  /** The CRM's or the phone system's own words, shown verbatim. */
  readonly words: string | null;
  /** What Linecard knows about a CRM's failure; shown as a text by its code. */
  readonly advice: CrmAdvice | null;

  /** Who changed the same thing meanwhile, and when; `by` is null when the account is gone. */
  readonly changed: { by: string | null; at: string } | null;

  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.detail ?? body.title ?? body.code ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? codeOf(status);
    this.detail = body.detail ?? null;
    this.fields = body.fields ?? [];
    this.words = body.words ?? null;
    this.advice = body.advice ?? null;
    this.changed = body.changed ?? null;
  }

  /** Whatever was thrown, as a problem that a page can show. */
  static from(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    return new Problem(0, { code: "page_failed", detail: String(thrown) });
  }
}

/** A proxy in between answers without our body: its status still says what to show. */
function codeOf(status: number): string {
  if (status === 0) return "no_answer";
  if (status === 401) return "not_signed_in";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  return status >= 500 ? "server_failed" : "refused";
}
