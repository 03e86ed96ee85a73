// One test run for every room of web/.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).slice(0, -1) } },
  test: { include: ["{api,console,desk,session,texts,theme}/**/*.test.{ts,tsx}"] },
});
