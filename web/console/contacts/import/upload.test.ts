// A file goes to the server in pieces, and says how far it has come.
import { afterEach, describe, expect, it, vi } from "vitest";
import { PIECE, upload } from "./upload";

// Node's requests, unlike a browser's, need a whole address; the client takes it when it is loaded.
vi.hoisted(() => vi.stubGlobal("location", { origin: "http://linecard.example" }));

afterEach(() => vi.unstubAllGlobals());

/** A server that takes pieces, and answers nothing at the requests whose places are `silent`. */
function server(bytes: number, silent: number[] = []) {
  const pieces: [number, number][] = [];
  let received = 0;
  let requests = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    requests += 1;
    if (silent.includes(requests)) throw new TypeError("no answer");
    if (request.method === "PUT") {
      const from = Number(new URL(request.url).searchParams.get("from"));
      const piece = await request.arrayBuffer();
      pieces.push([from, piece.byteLength]);
      received = from + piece.byteLength;
    }
    const state = received === bytes ? "ready" : "uploading";
    return Response.json({ id: "1", received, bytes, state });
  });
  return pieces;
}

describe("sending a file", () => {
  const file = new File([new Uint8Array(PIECE * 2 + 5)], "contacts.csv");

  it("sends it piece by piece and tells how far it is", async () => {
    const pieces = server(file.size);
    const shares: number[] = [];
    const done = await upload("book", file, (share) => shares.push(share));
    expect(done.state).toBe("ready");
    expect(pieces).toEqual([
      [0, PIECE],
      [PIECE, PIECE],
      [PIECE * 2, 5],
    ]);
    expect(shares[0]).toBe(0);
    expect(shares).toHaveLength(3);
  });

  it("sends a piece again that nothing answered", async () => {
    const pieces = server(file.size, [3]);
    await upload("book", file, () => {});
    expect(pieces.map(([from]) => from)).toEqual([0, PIECE, PIECE * 2]);
  });

  it("gives up when nothing answers at all", async () => {
    server(file.size, [3, 5, 7]);
    await expect(upload("book", file, () => {})).rejects.toMatchObject({ code: "no_answer" });
  });
});
