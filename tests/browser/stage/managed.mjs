// Chromium on a machine whose administrator has laid down policies for it. They lie in the /etc of this
// Chromium alone, a mount namespace of its own; Linux lets root make one.
import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startChromium } from "./chrome.mjs";
import { freshFolder } from "./folder.mjs";

const ETC = "/etc/chromium";
/** Chrome lets no debugger into what a policy has installed, and Playwright is one. */
const LOOK_IN = { DeveloperToolsAvailability: 1 };

/**
 * @param {Record<string, string>} policies files of an administrator's, by name
 * @returns Playwright's context
 */
export async function startManaged(policies) {
  if (process.getuid() !== 0) {
    throw new Error("an /etc of its own is made by root only: run this story as root");
  }
  const etc = await freshFolder();
  await cp(ETC, etc, { recursive: true });
  const folder = join(etc, "policies/managed");
  await mkdir(folder, { recursive: true });
  const files = { "look_in.json": JSON.stringify(LOOK_IN), ...policies };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return startChromium({
    program: await within(etc),
    // Either keeps a policy from being followed.
    without: ["--disable-extensions", "--disable-background-networking"],
    // What Chromium would look for in the wide world meanwhile, it does not find.
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
}

/** The path of a program that starts Chromium where this folder is its /etc. */
async function within(etc) {
  const path = join(await freshFolder(), "chromium");
  const start = `mount --bind ${etc} ${ETC} && exec /usr/bin/chromium "$@"`;
  await writeFile(path, `#!/bin/sh\nexec unshare --mount sh -c '${start}' chromium "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

/** What chrome://policy shows of each policy that is set, by name: `{ value, status }`. */
export async function policiesOf(context) {
  const page = await context.newPage();
  await page.goto("chrome://policy");
  await page.getByText(Object.keys(LOOK_IN)[0], { exact: true }).waitFor();
  const rows = await page
    .locator("policy-row")
    .evaluateAll((all) => all.map(({ policy: { name, value, status } }) => [name, value, status]));
  await page.close();
  const set = rows.filter(([name, value]) => value !== undefined && !(name in LOOK_IN));
  return Object.fromEntries(set.map(([name, value, status]) => [name, { value, status }]));
}
