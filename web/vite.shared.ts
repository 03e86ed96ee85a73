// What both builds have in common: the same aliases, target, and nothing inlined (the strict
// Content-Security-Policy has no `data:` source and no inline script).
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

const web = new URL(".", import.meta.url).pathname;

export function page(room: "console" | "desk", base: string): UserConfig {
  return {
    root: `${web}${room}`,
    base,
    cacheDir: `${web}node_modules/.vite/${room}`,
    plugins: [react()],
    resolve: { alias: { "@": web.slice(0, -1) } },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      // The first with light-dark(), which must reach the browser as it is: its emulation does not
      // know how Mantine sets the scheme.
      target: ["chrome123", "firefox121", "safari17.5"],
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 900,
    },
    server: {
      host: "127.0.0.1",
      fs: { allow: [web] },
      proxy: {
        "/api": { target: "http://127.0.0.1:8080", ws: true },
      },
    },
  };
}
