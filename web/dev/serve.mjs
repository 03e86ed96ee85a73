// Serves both builds as the server does: strict CSP with a nonce per response, pages as fallback.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const web = new URL("..", import.meta.url).pathname;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export function serve() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://local");
    const isDesk = /^\/(desk(\/|$)|outside-line$)/.test(pathname);
    const dist = join(web, isDesk ? "desk/dist" : "console/dist");
    const inside = normalize(isDesk ? pathname.replace(/^\/desk/, "") : pathname);
    const file = extname(inside) ? join(dist, inside) : join(dist, "index.html");
    try {
      const body = await readFile(file);
      if (!file.endsWith(".html")) {
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(body);
        return;
      }
      const nonce = randomBytes(16).toString("base64");
      response
        .writeHead(200, {
          "content-type": TYPES[".html"],
          "content-security-policy": [
            "default-src 'self'",
            "script-src 'self'",
            `style-src 'self' 'nonce-${nonce}'`,
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
          ].join("; "),
        })
        .end(body.toString().replace("__CSP_NONCE__", nonce));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () =>
      resolve({ at: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }),
    );
  });
}
