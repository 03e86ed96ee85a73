// The extension's own pages (C1): readable for everybody in both languages, usable by keyboard, and the
// switch of the site that one is at.
import assert from "node:assert/strict";
import { before } from "node:test";
import { isAccessible } from "./stage/axe.mjs";
import { openChrome } from "./stage/chrome.mjs";
import { serveCrmPages } from "./stage/crm_pages.mjs";
import { eventually } from "./stage/eventually.mjs";
import { marks } from "./stage/marked.mjs";
import { story } from "./stage/story.mjs";

const SIGNED_IN = {
  server: "https://linecard.example.com",
  managed: false,
  agent: { name: "Dana Wu", extension: "101" },
  link: "up",
  problem: null,
};
const IN_TROUBLE = {
  server: "https://linecard.example.com",
  managed: true,
  agent: null,
  link: "connecting",
  problem: "No answer. Check the address and its certificate.",
};

let english;
let chinese;
let site;

before(async () => {
  [english, chinese, site] = await Promise.all([
    openChrome(),
    openChrome({ language: "zh_CN" }),
    serveCrmPages(),
  ]);
});

/** A page of the extension as it is while the worker answers this. */
async function opens(chrome, path, state, { scheme = "light", width = 1280 } = {}) {
  const page = await chrome.context.newPage();
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: 800 });
  await page.addInitScript((answer) => {
    const send = chrome.runtime.sendMessage;
    window.asked = [];
    chrome.runtime.sendMessage = async (message) => {
      window.asked.push(message);
      if (message.kind === "state") return answer;
      return message.kind.startsWith("sign") ? { ok: false, words: "refused" } : send(message);
    };
  }, state);
  await page.goto(chrome.own(path));
  await page.locator(".link").waitFor();
  return page;
}

story(
  "c1 the extension's pages are accessible in both languages, light, dark and narrow",
  async () => {
    for (const chrome of [english, chinese]) {
      await chrome.keeps({ off: ["mail.example.com"] });
      for (const path of ["options.html", "popup.html"]) {
        for (const state of [SIGNED_IN, IN_TROUBLE]) {
          for (const scheme of ["light", "dark"]) {
            const page = await opens(chrome, path, state, { scheme, width: 390 });
            await isAccessible(page, `${path} ${scheme}`);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= 390, `${path} is ${wide} pixels wide`);
            await page.close();
          }
        }
      }
      await chrome.keeps({ off: [] });
    }
    assert.deepEqual([english.faults, chinese.faults], [[], []]);
  },
);

story("c1 the settings are in the browser's language", async () => {
  const page = await opens(chinese, "options.html", SIGNED_IN);
  await page.getByText("已登录：Dana Wu，分机 101").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  await page.close();
});

story("c1 one signs in by keyboard, and is told why it did not work", async () => {
  const page = await opens(english, "options.html", {
    ...IN_TROUBLE,
    server: null,
    managed: false,
  });
  const address = page.getByLabel("Address of Linecard");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Write the address of your company's Linecard first.").waitFor();
  await address.pressSequentially(" linecard.example.com ");
  await page.keyboard.press("Enter");
  await page.getByText("refused").waitFor();
  const asked = await page.evaluate(() => window.asked.filter(({ kind }) => kind !== "state"));
  assert.deepEqual(asked, [{ kind: "sign in", server: "linecard.example.com" }]);
  await page.close();
});

story("c1 an address that the administrator has set cannot be changed", async () => {
  const page = await opens(english, "options.html", IN_TROUBLE);
  await page.getByText("Your administrator has set this address.").waitFor();
  const address = page.getByLabel("Address of Linecard");
  assert.equal(await address.inputValue(), "https://linecard.example.com");
  assert.equal(await address.isEditable(), false);
  await page.close();
});

/** Playwright does not see what opens below the icon: here it is a tab, told which one it is about. */
async function opensPopup(url) {
  const popup = await english.context.newPage();
  await popup.addInitScript((address) => {
    chrome.tabs.query = async () => [{ url: address }];
  }, url);
  await popup.goto(english.own("popup.html"));
  return popup;
}

story("c1 the switch below the icon switches the site off, and the settings on again", async () => {
  await english.keeps({ country: "US" });
  const page = await english.opens(`${site}/hubspot.html`);
  const numbers = ["+1 617 555 0122", "+1 415-555-0134", "+1 212 555 0187", "+1 650.253.0000"];
  await marks(page, numbers);
  const popup = await opensPopup(page.url());
  await popup.getByLabel("Mark numbers on 127.0.0.1").uncheck();
  await marks(page, []);
  const off = await english.worker.evaluate(() => chrome.storage.local.get("off"));
  assert.deepEqual(off, { off: ["127.0.0.1"] });
  const options = await opens(english, "options.html", SIGNED_IN);
  await options.getByRole("button", { name: "Switch on 127.0.0.1" }).click();
  await marks(page, numbers);
  await eventually("the list is empty again", async () => {
    return (await options.getByRole("button", { name: /^Switch on/ }).count()) === 0;
  });
});
