// Packs the built extension for Chrome into `dist/linecard-chrome-VERSION.zip`, for the Web Store and for
// "Load unpacked". The same files make the same zip, to the byte.
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { zipSync } from "fflate";

const DIST = new URL("dist/", import.meta.url).pathname;
const STORE = join(DIST, "store");
/** The earliest that a zip can say: when a file was built is nobody's business. */
const WHEN = new Date(1980, 0, 1);

const entries = await readdir(STORE, { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map(({ name, parentPath }) => join(parentPath, name))
  .sort();
const files = {};
for (const path of paths) files[relative(STORE, path)] = [await readFile(path), { mtime: WHEN }];
const { version } = JSON.parse(await readFile(join(STORE, "manifest.json"), "utf8"));
const zip = zipSync(files, { level: 9 });
const name = `linecard-chrome-${version}.zip`;
await writeFile(join(DIST, name), zip);
const digest = createHash("sha256").update(zip).digest("hex");
process.stdout.write(`${digest}  ${name}\n`);
