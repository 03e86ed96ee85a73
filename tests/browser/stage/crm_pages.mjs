// Pages with the shapes of CRMs' pages, served under a policy as strict as any: no inline script, no
// inline style, and nothing may be made of text (trusted types).
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { CHECKOUT } from "./program.mjs";
import { atTheEnd } from "./teardown.mjs";

const FOLDER = join(CHECKOUT, "tests/browser/crm_pages");
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "frame-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Answers the address of the pages, without a slash at the end. */
export async function serveCrmPages() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://local");
    const path = join(FOLDER, normalize(pathname));
    try {
      const body = await readFile(path);
      const type = TYPES[extname(path)];
      response
        .writeHead(200, { "content-type": type, "content-security-policy": POLICY })
        .end(body);
    } catch {
      // Chromium asks for an icon, too.
      response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atTheEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
