// The companion at home or in a branch, from where a company's proxy is the only way to its server.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openDesktop } from "./stage/companion.mjs";
import { startCompanyProxy } from "./stage/company_proxy.mjs";
import { certificate, Encryption } from "./stage/encryption.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startNotifications } from "./stage/notifications.mjs";
import { openOffice } from "./stage/office.mjs";
import { story } from "./stage/story.mjs";

/** In the stand-in as "(415) 555-0134", Maya Torres. */
const MAYA = "+14155550134";
/** Nothing leads there but the proxy. */
const HOST = "linecard.invalid";
const PERSON = "grace:h0pper";

let office;
let proxy;
let desktop;
let companion;

before(async () => {
  const [shown, notices] = await Promise.all([certificate(HOST), startNotifications()]);
  office = await openOffice();
  const port = await new Encryption(shown).opensBefore(new URL(office.demo.home).port);
  proxy = await startCompanyProxy({ place: `${HOST}:443`, port, person: PERSON });
  desktop = await openDesktop({
    DBUS_SESSION_BUS_ADDRESS: notices.address,
    SSL_CERT_FILE: shown.file,
    https_proxy: proxy.address(PERSON),
    no_proxy: "localhost,127.0.0.1",
  });
});

story("d11 behind a company's proxy an agent signs the companion in through it", async () => {
  const asks = await desktop.opens(() => {
    companion = desktop.companion("--server", `https://${HOST}`);
  });
  assert.equal(new URL(asks).host, HOST);
  const asked = Object.fromEntries(new URL(asks).searchParams);
  delete asked.response_type;
  const { redirect } = await office.api.send("/devices/consent", { ...asked, allow: true });
  assert.equal((await fetch(redirect)).status, 200);
  await companion.says(/^Connected to https:\/\/linecard\.invalid for .+, extension 101\.$/);
  // One for the tokens, one for the socket.
  assert.equal(proxy.tunnels, 2);
});

story("d11 behind a company's proxy the caller's page opens", async () => {
  const page = await office.admin.opens(
    await desktop.opens(() => office.phones.calledBy(MAYA, "101")),
  );
  await page.getByRole("heading", { name: "Maya Torres" }).waitFor();
  await office.phones.fallSilent();
  await companion.stop();
});

story(
  "a proxy that wants another password is told, in both languages, and not its password",
  async () => {
    for (const [language, words] of [
      ["en", /^The proxy 127\.0\.0\.1:\d+ wants a name and a password.* it is tried again\.$/],
      ["zh-CN", /^代理 127\.0\.0\.1:\d+ 要求用户名和密码.*正在重试。$/],
    ]) {
      const wrong = desktop.companionWith(
        { https_proxy: proxy.address("grace:wr0ng") },
        ...["--language", language],
      );
      await wrong.says(words);
      assert.doesNotMatch(wrong.words, /wr0ng|Basic|Z3Jh/);
      await wrong.stop();
    }
  },
);

story("a proxy that is right again lets the companion through", async () => {
  const before = proxy.refused[407];
  companion = desktop.companion();
  await companion.says(/^Connected to /);
  assert.equal(proxy.refused[407], before);
  await eventually("it is a device", async () => (await office.api.read("/devices")).length === 1);
});
