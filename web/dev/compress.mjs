// Lays a compressed form beside each built file that is worth it, which the server sends as it is, and
// holds what a first visit loads to its limit. The last step of `npm run build`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** What a first visit may load before it can show a page, in bytes over the wire. */
const MOST = 200_000;
/** Below that a file fits into one packet anyway. */
const WORTH_IT = 1_400;
const TEXT = /\.(js|css|svg)$/;

for (const room of ["console", "desk"]) {
  const folder = new URL(`../${room}/dist`, import.meta.url).pathname;
  for (const { name, parentPath } of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (TEXT.test(name)) compress(join(parentPath, name));
  }
  const loaded = firstLoad(folder);
  process.stdout.write(
    `${room}: ${(loaded / 1000).toFixed(1)} kB over the wire on a first visit\n`,
  );
  if (loaded > MOST) {
    process.stderr.write(
      `${room}: that is more than ${MOST / 1000} kB. What can be fetched later?\n`,
    );
    process.exitCode = 1;
  }
}

function compress(path) {
  const plain = readFileSync(path);
  if (plain.length < WORTH_IT) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  writeFileSync(`${path}.br`, brotliCompressSync(plain, { params }));
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: constants.Z_BEST_COMPRESSION }));
}

/** The index, all that it names, what is inside for those who are signed in, and the larger language. */
function firstLoad(folder) {
  const index = readFileSync(join(folder, "index.html"));
  const named = [...index.toString().matchAll(/(?:src|href)="[^"]*\/(assets\/[^"]+)"/g)];
  const sizes = named.map(([, file]) => sent(join(folder, file)));
  const sizesOf = (pattern) =>
    readdirSync(join(folder, "assets"))
      .filter((name) => pattern.test(name))
      .map((name) => sent(join(folder, "assets", name)));
  const inside = sizesOf(/^inside-.*\.(js|css)$/);
  const larger = Math.max(...sizesOf(/^(first|forDesk)-.*\.js$/));
  return [...sizes, ...inside].reduce((all, one) => all + one, gzipSync(index).length + larger);
}

/** How many bytes a browser that takes Brotli is sent. */
function sent(path) {
  const plain = readFileSync(path);
  return plain.length < WORTH_IT ? plain.length : readFileSync(`${path}.br`).length;
}
