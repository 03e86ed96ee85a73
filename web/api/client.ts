// The typed HTTP client: one request function per method, typed by path, throwing `Problem`.
import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";
import type { ProblemBody } from "./types";

const client = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
  // The server takes a changing request only with this header: a form on another site cannot
  // send it (CSRF).
  headers: { "X-Linecard": "1" },
  credentials: "same-origin",
  // Looked up at each request, so that a test can stand in for it.
  fetch: (request) => globalThis.fetch(request),
});

export const api = client;

/** The answer's body; throws `Problem` when there is none to be had. */
export async function answer<T>(
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  let result: { data?: T; error?: unknown; response: Response };
  try {
    result = await request;
  } catch {
    throw new Problem(0, { code: "no_answer" });
  }
  if (!result.response.ok) throw new Problem(result.response.status, bodyOf(result.error));
  return result.data as T;
}

function bodyOf(error: unknown): Partial<ProblemBody> {
  return typeof error === "object" && error !== null ? (error as Partial<ProblemBody>) : {};
}
