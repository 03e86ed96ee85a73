// What both builds have in common: the same aliases, target, and nothing inlined (the strict
// Content-Security-Policy has no `data:` source and no inline script).
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

const web = new URL(".", import.meta.url).pathname;

/**
 * @param together the modules that begin something which is fetched as one file, by the file's name:
 * what only they need is in it, and what other pages share with them, too. A hundred small files cost
 * more in headers than in themselves.
 */
export function page(
  room: "console" | "desk",
  base: string,
  together: Readonly<Record<string, RegExp>> = {},
): UserConfig {
  return {
    root: `${web}${room}`,
    base,
    cacheDir: `${web}node_modules/.vite/${room}`,
    plugins: [react()],
    resolve: {
      alias: {
        "@mantine/notifications/store": `${web}node_modules/@mantine/notifications/esm/notifications.store.mjs`,
        "@": web.slice(0, -1),
      },
    },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      // The first with light-dark(), which must reach the browser as it is: its emulation does not
      // know how Mantine sets the scheme.
      target: ["chrome123", "firefox121", "safari17.5"],
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 900,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              // What every page needs, before it is known which page is wanted.
              { name: "base", tags: ["$initial"], priority: 1 },
              ...Object.entries(together).map(([name, test]) => ({ name, test })),
            ],
          },
        },
      },
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
