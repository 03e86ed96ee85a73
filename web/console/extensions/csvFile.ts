// A spreadsheet's file as text. Some programs still write GBK, which is no valid UTF-8.

/** What the server takes in one request, with room for the JSON around it. */
export const LONGEST_BYTES = 200_000;

export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
