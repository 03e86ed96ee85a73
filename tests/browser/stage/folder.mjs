// A folder of one's own that is gone afterwards.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atTheEnd } from "./teardown.mjs";

export async function freshFolder() {
  const folder = await mkdtemp(join(tmpdir(), "linecard-browser-"));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
