// What becomes of answers: data, problems, and no answer at all.
import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, api } from "./client";
import { webAddress } from "./webAddress";

afterEach(() => vi.unstubAllGlobals());

function answering(response: Response | Error) {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(request);
    if (response instanceof Error) throw response;
    return response;
  });
  return asked;
}

/** Node's requests, unlike a browser's, need a whole address. */
const baseUrl = "http://linecard.example";

describe("a request", () => {
  it("that changes something carries the header against forged requests", async () => {
    const asked = answering(new Response(null, { status: 204 }));
    await answer(api.DELETE("/api/v1/session", { baseUrl }));
    expect(asked[0]?.headers.get("X-Linecard")).toBe("1");
  });

  it("refused with problem details throws them", async () => {
    const body = JSON.stringify({ code: "wrong_password", status: 401, words: "no", fields: [] });
    answering(
      new Response(body, { status: 401, headers: { "content-type": "application/problem+json" } }),
    );
    await expect(answer(api.GET("/api/v1/organisation", { baseUrl }))).rejects.toMatchObject({
      status: 401,
      code: "wrong_password",
      words: "no",
    });
  });

  it("answered by a proxy with HTML throws a problem that says so", async () => {
    answering(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(answer(api.GET("/api/v1/health", { baseUrl }))).rejects.toMatchObject({
      code: "server_failed",
    });
  });

  it("that nobody answers throws a problem that says so", async () => {
    answering(new TypeError("Failed to fetch"));
    await expect(answer(api.GET("/api/v1/health", { baseUrl }))).rejects.toMatchObject({
      status: 0,
      code: "no_answer",
    });
  });
});

it.each([
  ["https://crm.example/1", true],
  ["http://127.0.0.1:9000/1", true],
  ["javascript:alert(1)", false],
  ["data:text/html,<script>", false],
  ["/relative", false],
  [null, false],
])("%s is a web address: %s", (address, good) => {
  expect(webAddress(address) !== null).toBe(good);
});
