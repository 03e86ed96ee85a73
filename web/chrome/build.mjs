// Builds the extension for Chrome: `dist/store` for people, `dist/test` for the browser tests, which
// cannot click Chrome's question for permission and so has it from the start.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "vite";

const room = new URL(".", import.meta.url).pathname;

/** Scripts that Chrome loads as one file each: in pages as plain scripts, in the worker as a module. */
const ENTRIES = [
  { name: "worker", from: "worker/index.ts", format: "es" },
  { name: "page", from: "page/index.ts", format: "iife" },
  { name: "world", from: "page/world.ts", format: "iife" },
];

/** The pages of the extension itself. */
const PAGES = ["options.html", "popup.html"];

const COMMON = {
  configFile: false,
  logLevel: "warn",
  resolve: { alias: { "@": room.replace(/\/chrome\/$/, "") } },
};

for (const kind of ["store", "test"]) {
  const dist = `${room}dist/${kind}`;
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await writeFile(`${dist}/manifest.json`, JSON.stringify(await manifest(kind), null, 2));
  await cp(`${room}managed.json`, `${dist}/managed.json`);
  await cp(`${room}page/page.css`, `${dist}/page.css`);
  for (const folder of ["_locales", "icons"]) {
    await cp(`${room}${folder}`, `${dist}/${folder}`, { recursive: true });
  }
}
for (const entry of ENTRIES) await script(entry);
await pages();
await cp(`${room}dist/store`, `${room}dist/test`, {
  recursive: true,
  filter: (path) => !path.endsWith("/manifest.json"),
});

async function manifest(kind) {
  const { optional_host_permissions: hosts, ...rest } = JSON.parse(
    await readFile(`${room}manifest.json`, "utf8"),
  );
  return kind === "test"
    ? { ...rest, host_permissions: hosts }
    : { ...rest, optional_host_permissions: hosts };
}

function script({ name, from, format }) {
  return build({
    ...COMMON,
    build: {
      outDir: `${room}dist/store`,
      emptyOutDir: false,
      target: "chrome120",
      rolldownOptions: {
        input: `${room}${from}`,
        output: { format, entryFileNames: `${name}.js`, codeSplitting: false },
      },
      modulePreload: false,
    },
  });
}

function pages() {
  return build({
    ...COMMON,
    root: `${room}options`,
    base: "./",
    build: {
      outDir: `${room}dist/store`,
      emptyOutDir: false,
      target: "chrome120",
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: PAGES.map((page) => `${room}options/${page}`) },
    },
  });
}
