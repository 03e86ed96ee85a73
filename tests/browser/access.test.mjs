// Who may do what: people are invited and disabled, sign in with a second factor, programs with a
// key; and two admins who change the same thing do not overwrite each other.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const PASSWORD = "correct horse battery";

let demo;
let browser;
let admin;
let page;
let api;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  admin = await browser.person("admin");
  page = await admin.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  api = new Api(demo.home, admin.context);
});

story(
  "a supervisor is invited by link, sees calls and health, and reaches no setting",
  async () => {
    const link = await invites({ name: "Sue Park", email: "sue@example.com", role: "Supervisor" });
    const sue = await browser.person("sue");
    const home = await sue.opens(link);
    await home.getByRole("heading", { name: "Home", exact: true }).waitFor();
    const pages = home.getByRole("navigation").getByRole("link");
    await pages.filter({ hasText: "Calls" }).first().waitFor();
    assert.equal(await pages.filter({ hasText: "Settings" }).count(), 0);
    assert.equal(await pages.filter({ hasText: "CRM" }).count(), 0);
    const hers = new Api(demo.home, sue.context);
    await hers.read("/calls");
    await hers.read("/health");
    await assert.rejects(() => hers.read("/organisation"), /403/);
    assert.deepEqual(sue.faults, []);
  },
);

story("a disabled agent's open Desk closes by itself, and nothing lets the agent in", async () => {
  const { account, sign_in_link } = await api.send("/accounts", {
    name: "Bo Lin",
    email: "bo@example.com",
    role: "agent",
    extension: "102",
    password: PASSWORD,
  });
  const bo = await browser.person("bo");
  const desk = await bo.opens(sign_in_link);
  await desk.waitForURL(/\/desk\/$/);
  await desk.getByRole("button", { name: /^Account/ }).waitFor();

  await page.goto(`${demo.home}/settings/people`);
  await page.getByRole("button", { name: "More for Bo Lin" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  const question = page.getByRole("dialog", { name: "Disable Bo Lin?" });
  await question.getByRole("button", { name: "Disable" }).click();
  await desk.getByRole("heading", { name: "Sign in" }).waitFor();
  const his = new Api(demo.home, bo.context);
  await assert.rejects(() => his.read("/session"), /401/);
  await desk.getByLabel("E-mail").fill("bo@example.com");
  await desk.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await desk.getByRole("button", { name: "Sign in" }).click();
  await desk.getByText("This account is disabled. Ask an administrator.").waitFor();
  const people = await api.read("/accounts");
  assert.ok(people.find(({ id }) => id === account.id).disabled);
});

story(
  "a second factor is set up by its picture, and a password alone signs in no more",
  async () => {
    const { sign_in_link } = await api.send("/accounts", {
      name: "Kim Ray",
      email: "kim@example.com",
      role: "admin",
      password: PASSWORD,
    });
    const kim = await browser.person("kim");
    const home = await kim.opens(sign_in_link);
    await home.getByRole("button", { name: "Account: Kim Ray" }).click();
    await home.getByRole("button", { name: "Password and second factor" }).click();
    const dialog = home.getByRole("dialog", { name: "Password and second factor" });
    await dialog.getByRole("button", { name: "Set up" }).click();
    await dialog.getByRole("img", { name: /^Picture with the key/ }).waitFor();
    const secret = await dialog.getByRole("textbox", { name: "Key", exact: true }).inputValue();
    await dialog.getByRole("textbox", { name: "Code", exact: true }).fill(codeOf(secret));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    const codes = await dialog.getByRole("region", { name: "Recovery codes" }).innerText();
    assert.equal(codes.trim().split("\n").length, 10);
    await dialog.getByRole("button", { name: "I have kept them" }).click();
    await dialog.getByText("Recovery codes left: 10.").waitFor();

    const elsewhere = await browser.person("kim elsewhere");
    const door = await elsewhere.opens(`${demo.home}/sign-in`);
    await door.getByLabel("E-mail").fill("kim@example.com");
    await door.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await door.getByRole("button", { name: "Sign in" }).click();
    const code = door.getByRole("textbox", { name: "Code from your app" });
    await code.waitFor();
    const theirs = new Api(demo.home, elsewhere.context);
    await assert.rejects(() => theirs.read("/session"), /401/);
    await code.fill(codes.trim().split("\n")[0]);
    await door.getByRole("button", { name: "Sign in" }).click();
    await door.getByRole("heading", { name: "Home", exact: true }).waitFor();
    assert.equal((await theirs.read("/session")).account.name, "Kim Ray");
    assert.deepEqual([...kim.faults, ...elsewhere.faults], []);
  },
);

story(
  "a program reads the health with a key that was shown once, until it is revoked",
  async () => {
    await goesTo(page, "API keys");
    await page.getByRole("button", { name: "Make a key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Wallboard");
    await dialog.getByRole("button", { name: "Make a key" }).click();
    const secret = await dialog.getByRole("textbox", { name: "API key" }).inputValue();
    await dialog.getByRole("button", { name: "I have copied it" }).click();
    const asks = async (path) => {
      const headers = { authorization: `Bearer ${secret}` };
      return (await fetch(demo.home + path, { headers })).status;
    };
    assert.equal(await asks("/api/v1/health"), 200);
    assert.equal(await asks("/metrics"), 200);
    assert.equal(await asks("/api/v1/organisation"), 403);
    await page.getByRole("button", { name: "Revoke: Wallboard" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("No keys", { exact: true }).waitFor();
    assert.equal(await asks("/api/v1/health"), 401);
  },
);

story("the second of two admins is told who was faster, and what was typed stays", async () => {
  await goesTo(page, "Settings");
  const add = page.getByRole("button", { name: "Add a range" });
  await add.click();
  const from = page.getByRole("textbox", { name: "From", exact: true }).last();
  await from.fill("700");
  await page.getByRole("textbox", { name: "To", exact: true }).last().fill("799");
  const { sign_in_link } = await api.send("/accounts", {
    name: "Max Weber",
    email: "max@example.com",
    role: "admin",
  });
  const max = await browser.person("max");
  await (await max.opens(sign_in_link))
    .getByRole("heading", { name: "Home", exact: true })
    .waitFor();
  const his = new Api(demo.home, max.context);
  const before = await his.read("/organisation");
  await his.send("/organisation", { ...before, masks_numbers: true }, "PUT");

  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^Max Weber changed this at/).waitFor();
  assert.equal(await from.inputValue(), "700");
  assert.equal((await his.read("/organisation")).masks_numbers, true);
  await page.getByRole("button", { name: "Discard mine and show theirs" }).click();
  await page.getByText(/^Max Weber changed this at/).waitFor({ state: "detached" });
  assert.deepEqual(admin.faults, []);
});

/** Invites somebody on the People page; the link that is shown. */
async function invites({ name, email, role }) {
  await goesTo(page, "People");
  await page.getByRole("button", { name: "Invite a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a person" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("radio", { name: role }).check();
  await dialog.getByRole("button", { name: "Invite a person" }).click();
  const made = page.getByRole("dialog", { name: `Sign-in link for ${name}` });
  const link = await made.getByRole("textbox", { name: "Sign-in link" }).inputValue();
  await made.getByRole("button", { name: "Done" }).click();
  return link;
}

/** What an authenticator app shows now (RFC 6238). */
function codeOf(secret) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((it) => letters.indexOf(it).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const at = digest[19] & 0xf;
  const number = (digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
