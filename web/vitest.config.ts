// One test run for every room of web/.
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": new URL(".", import.meta.url).pathname.slice(0, -1) } },
  test: { include: ["{api,chrome,console,desk,session,texts,theme}/**/*.test.{ts,tsx}"] },
});
