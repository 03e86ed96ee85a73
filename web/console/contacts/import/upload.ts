// Sends a file in pieces: the page can tell how far it is, and a cut connection costs one piece.
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { ContactImport } from "@/api/types";

/** A quarter of what the server takes: a slow line sends it within a request's time. */
export const PIECE = 1_048_576;
/** A piece is sent again so often when nothing answers. */
const ATTEMPTS = 3;

export async function upload(
  phonebook: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<ContactImport> {
  let now = await answer(
    api.POST("/api/v1/imports", {
      body: { phonebook, file_name: file.name, bytes: file.size },
    }),
  );
  let failed = 0;
  while (now.state === "uploading") {
    onProgress(now.received / now.bytes);
    try {
      now = await sendPiece(now, file.slice(now.received, now.received + PIECE));
      failed = 0;
    } catch (error) {
      failed += 1;
      if (Problem.from(error).status !== 0 || failed === ATTEMPTS) throw error;
      // The piece may have arrived all the same.
      now = await answer(api.GET("/api/v1/imports/{id}", { params: { path: { id: now.id } } }));
    }
  }
  return now;
}

function sendPiece({ id, received }: ContactImport, piece: Blob): Promise<ContactImport> {
  return answer(
    api.PUT("/api/v1/imports/{id}/file", {
      params: { path: { id }, query: { from: received } },
      headers: { "Content-Type": "application/octet-stream" },
      // The document knows bytes as text; what is sent are the bytes themselves.
      body: piece as unknown as string,
      bodySerializer: (body) => body as unknown as Blob,
    }),
  );
}
