// People sign in at their company's identity provider, which an admin sets up in the Console.
import assert from "node:assert/strict";
import { before } from "node:test";
import { Api } from "./stage/api.mjs";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { startIdentityProvider } from "./stage/identity.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

const BUTTON = { en: "Sign in with Acme ID", "zh-CN": "使用 Acme ID 登录" };

let demo;
let provider;
let browser;
let page;
let api;

before(async () => {
  const known = (email, name) => ({ email, email_verified: true, name });
  [demo, provider] = await Promise.all([
    startDemo(),
    startIdentityProvider({
      alice: known("alice@example.com", "Alice"),
      nina: known("nina@example.com", "Nina New"),
    }),
  ]);
  browser = await openBrowser();
  const admin = await browser.person("admin");
  page = await admin.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
  api = new Api(demo.home, admin.context);
});

story(
  "an admin joins the identity provider, and its test says what is wrong until it is right",
  async () => {
    await goesTo(page, "Single sign-on");
    const redirect = await page.getByRole("textbox", { name: "Redirect address" }).inputValue();
    const client = await provider.registers(redirect);
    await page.getByLabel("Issuer").fill(`${provider.issuer}/`);
    await page.getByLabel("Client ID").fill(client.id);
    await page.getByLabel("Client secret").fill(client.secret);
    await page.getByLabel("Name on the button").fill("Acme ID");
    await page.getByLabel("Offer it on the sign-in pages").check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Test the provider" }).click();
    await page.getByText("The provider calls itself otherwise.").waitFor();
    await page.getByLabel("Issuer").fill(provider.issuer);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Nobody can sign in there").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Test the provider" }).click();
    await page.getByText("The provider answers").waitFor();
    const saved = await api.read("/single-sign-on");
    assert.equal(saved.issuer, provider.issuer);
    assert.equal(saved.has_client_secret, true);
  },
);

story("who is known signs in at the provider and comes to the page that was wanted", async () => {
  const alice = await browser.person("alice");
  await provider.isShownPlainTo(alice);
  const tab = await alice.opens(`${demo.home}/sign-in?to=/calls`);
  await tab.getByRole("link", { name: BUTTON.en }).click();
  await tab.getByRole("button", { name: "alice" }).click();
  await tab.getByRole("heading", { name: "Calls", exact: true }).waitFor();
  const session = await new Api(demo.home, alice.context).read("/session");
  assert.equal(session.account.email, "alice@example.com");
  const cookies = await alice.context.cookies(demo.home);
  const sessionCookie = cookies.find(({ name }) => name === "linecard_session");
  assert.ok(sessionCookie.httpOnly && sessionCookie.sameSite === "Lax");
  assert.deepEqual(
    cookies.filter(({ name }) => name === "linecard_sign_on"),
    [],
  );
  const faults = alice.faults.filter((fault) => fault.startsWith(demo.home));
  assert.deepEqual(faults, []);
});

story(
  "a stranger is told to ask, and becomes an agent where an extension has the address",
  async () => {
    const nina = await browser.person("nina");
    await provider.isShownPlainTo(nina);
    const tab = await nina.opens(`${demo.home}/desk/`);
    await tab.getByText("简体中文", { exact: true }).click();
    await tab.getByRole("link", { name: BUTTON["zh-CN"] }).click();
    await tab.getByRole("button", { name: "nina" }).click();
    await tab.getByRole("heading", { name: "You are not signed in" }).waitFor();
    await tab.getByText("nina@example.com").waitFor();

    await api.send("/extensions/177", { name: "Nina", email: "nina@example.com" }, "PUT");
    await page.goto(`${demo.home}/settings/single-sign-on`);
    await page.getByLabel("Become agents, if one extension has their e-mail address").check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved").first().waitFor();

    await tab.goto(`${demo.home}/desk/`);
    await tab.getByRole("link", { name: BUTTON["zh-CN"] }).click();
    await tab.getByRole("button", { name: "nina" }).first().click();
    await tab.waitForURL(/\/desk\/$/);
    await tab.getByRole("button", { name: /^账号/ }).waitFor();
    const people = await api.read("/accounts");
    const made = people.find(({ email }) => email === "nina@example.com");
    assert.equal(made.role, "agent");
    assert.equal(made.extension, "177");
  },
);
