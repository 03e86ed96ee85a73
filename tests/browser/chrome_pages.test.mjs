// The extension for Chrome in pages with the shapes of CRMs' pages (C1): each number is found, one click
// calls it, and the page never notices. Real Chromium, the built extension; what a click sends is read
// at the extension's own worker.
import assert from "node:assert/strict";
import { before, beforeEach } from "node:test";
import { openChrome } from "./stage/chrome.mjs";
import { serveCrmPages } from "./stage/crm_pages.mjs";
import { eventually } from "./stage/eventually.mjs";
import { clicksNumber, marked, marks } from "./stage/marked.mjs";
import { story } from "./stage/story.mjs";

let chrome;
let site;

before(async () => {
  [chrome, site] = await Promise.all([openChrome(), serveCrmPages()]);
  await chrome.listensForCalls();
});

beforeEach(async () => {
  await chrome.worker.evaluate(() => {
    globalThis.callsHeard.length = 0;
  });
  await chrome.keeps({ country: "US", off: [] });
});

/** Exactly these calls were asked for, once each. */
async function called(calls) {
  await eventually("the calls come to the worker", async () => {
    return (await chrome.calls()).length >= calls.length;
  });
  const heard = (await chrome.calls()).map(({ number, extension }) => ({ number, extension }));
  assert.deepEqual(heard, calls);
}

const LIGHTNING = ["(415) 555-0100", "(650) 253-0000", "(212) 555-0187 ext. 12", "415.555.0135"];

story(
  "c1 Salesforce Lightning: numbers in shadow roots, closed ones, too, and late ones",
  async () => {
    const page = await chrome.opens(`${site}/lightning.html`);
    await marks(page, LIGHTNING);
    await clicksNumber(page, "(212) 555-0187 ext. 12");
    await called([{ number: "+12125550187", extension: "12" }]);
    assert.equal((await chrome.calls())[0].page, `${site}/lightning.html`);
    await page.close();
  },
);

story(
  "c1 Salesforce Lightning: a click on a tel: link in a shadow root calls, and does nothing else",
  async () => {
    const page = await chrome.opens(`${site}/lightning.html`);
    await marks(page, LIGHTNING);
    await page.getByText("(415) 555-0134").click();
    await called([{ number: "+14155550134", extension: null }]);
    await page.close();
  },
);

story("c1 Zoho CRM: late rows, and a field whose text is edited in place", async () => {
  await chrome.isOf("DE");
  const page = await chrome.opens(`${site}/zoho.html`);
  const there = ["030 901820", "089/12345678", "+49 171 1234567"];
  await marks(page, there);
  await page.evaluate(() => window.editInPlace("0151 23456789"));
  await marks(page, [...there, "0151 23456789"]);
  await page.evaluate(() => window.editInPlace("none any more"));
  await marks(page, there);
  await clicksNumber(page, "089/12345678");
  await called([{ number: "+498912345678", extension: null }]);
  await page.close();
});

story(
  "c1 Bitrix24: the icon, then a number of the menu; numbers in the side panel's frame",
  async () => {
    await chrome.isOf("CN");
    const page = await chrome.opens(`${site}/bitrix24.html`);
    await marks(page, ["138 0013 8000"]);
    const panel = page.frameLocator("iframe");
    await panel.getByRole("button", { name: "Phone numbers" }).click();
    await panel.getByRole("link", { name: "010-62551234" }).click();
    await called([{ number: "010-62551234", extension: null }]);
    const record = page.frames().at(1);
    assert.equal(await record.evaluate(() => window.dialledItself), undefined);
    await clicksNumber(page, "138 0013 8000");
    await called([
      { number: "010-62551234", extension: null },
      { number: "+8613800138000", extension: null },
    ]);
    await page.close();
  },
);

story(
  "c1 HubSpot: a number of two texts, a mail in a frame without address, drawn anew without harm",
  async () => {
    const page = await chrome.opens(`${site}/hubspot.html`);
    const mail = "+1 617 555 0122";
    await marks(page, [mail, "+1 415-555-0134", "+1 212 555 0187", "+1 650.253.0000"]);
    await page.evaluate(() => window.draw(["415 555 0199", "none", "650 253 0001"], false));
    await marks(page, [mail, "415 555 0199", "650 253 0001"]);
    for (let time = 0; time < 4; time += 1) {
      await page.evaluate(
        (n) => window.draw([` 415 555 010${n}`, "none", " none"], n % 2 === 0),
        time,
      );
    }
    await marks(page, [mail, "415 555 0103"]);
    await clicksNumber(page, mail);
    await clicksNumber(page, "415 555 0103");
    await called([
      { number: "+16175550122", extension: null },
      { number: "+14155550103", extension: null },
    ]);
    await page.close();
  },
);

story("c1 Odoo: a shadow root that an element is given late; a tel: link by keyboard", async () => {
  await chrome.isOf("FR");
  const page = await chrome.opens(`${site}/odoo.html`);
  await marks(page, ["06 12 34 56 78", "04 72 10 30 30"]);
  await page.getByRole("link", { name: "01 42 68 53 00" }).press("Enter");
  await called([{ number: "+33142685300", extension: null }]);
  await page.close();
});

story(
  "c1 a page of 20,000 cells: each of its 3,334 numbers is marked where one looks",
  async () => {
    const page = await chrome.opens(`${site}/large.html`);
    const screen = 4_000;
    await page.setViewportSize({ width: 1_280, height: screen });
    const all = new Set();
    const height = await page.evaluate(() => document.body.scrollHeight);
    for (let y = 0; y < height; y += screen) {
      const seen = await page.evaluate((to) => {
        scrollTo(0, to);
        const cells = [...document.querySelectorAll("td:nth-child(2)")];
        return cells.filter(isSeen).map((cell) => cell.textContent);

        function isSeen(cell) {
          const { top, bottom } = cell.getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        }
      }, y);
      await eventually(`${seen[0]} and those behind it are marked`, async () => {
        const now = await marked(page.mainFrame());
        return seen.every((number) => now.includes(number)) && now.length < 1_000;
      });
      for (const number of seen) all.add(number);
    }
    assert.equal(all.size, 3_334);
    await page.evaluate(() => scrollTo(0, 0));
    await eventually("the first are marked again", async () => {
      return (await marked(page.mainFrame())).includes("(415) 555-0000");
    });
    await clicksNumber(page, "(415) 555-0003");
    await called([{ number: "+14155550003", extension: null }]);
    await page.close();
  },
);

story(
  "c1 numbers in a box that scrolls by itself, and in one that comes to be seen late",
  async () => {
    const page = await chrome.opens(`${site}/boxes.html`);
    const first = ["(415) 555-0000", "(415) 555-0900"];
    await hasMarked(page, first);
    await page.evaluate(() => document.querySelector("#scrolls").scrollTo(0, 1_000_000));
    await hasMarked(page, ["(415) 555-0199", "(415) 555-0900"]);
    assert.ok(!(await marked(page.mainFrame())).includes("(415) 555-0000"), "out of sight");
    await page.evaluate(() => document.querySelector("#hidden").removeAttribute("hidden"));
    await hasMarked(page, ["(415) 555-0950"]);
    await page.close();
  },
);

/** These and others are marked. */
async function hasMarked(page, numbers) {
  await eventually(`${numbers.join(", ")} are marked`, async () => {
    const now = await marked(page.mainFrame());
    return numbers.every((number) => now.includes(number));
  });
}

story("c1 nothing in the page changes: not when numbers are marked, not by a click", async () => {
  await chrome.keeps({ country: null });
  for (const [name, country] of [
    ["lightning", "US"],
    ["zoho", "DE"],
    ["bitrix24_record", "CN"],
    ["hubspot", "US"],
    ["odoo", "FR"],
  ]) {
    const page = await chrome.opens(`${site}/${name}.html`);
    await page.evaluate(() => Promise.all(window.pending ?? []));
    const before = await page.evaluate(watch);
    await chrome.isOf(country);
    const [first] = await eventually(`${name} is marked`, async () => {
      const found = await marked(page.mainFrame());
      return found.length > 0 && found;
    });
    await clicksNumber(page, first);
    const after = await page.evaluate(() => ({
      now: window.serialized(),
      changes: window.changes,
    }));
    assert.deepEqual(after, { now: before, changes: [] }, name);
    await chrome.keeps({ country: null });
    await page.close();
  }

  /** Runs in the page: what it is now, and a list of whatever changes from now on. */
  function watch() {
    const roots = [document.head, document.body];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll("*"))
        if (shadowRoot) roots.push(shadowRoot);
    }
    window.changes = [];
    for (const root of roots) {
      new MutationObserver((records) => {
        for (const { type, target } of records) window.changes.push(`${type} ${target.nodeName}`);
      }).observe(root, { attributes: true, childList: true, characterData: true, subtree: true });
    }
    window.serialized = () => roots.map((root) => root.outerHTML ?? root.innerHTML).join("\n");
    return window.serialized();
  }
});

story("c1 a site is switched off and on again while its pages are open", async () => {
  const page = await chrome.opens(`${site}/lightning.html`);
  await marks(page, LIGHTNING);
  await chrome.keeps({ off: ["127.0.0.1"] });
  await marks(page, []);
  await chrome.keeps({ off: [] });
  await marks(page, LIGHTNING);
  await page.close();
});

story("c1 while nobody is signed in nothing is marked, and links are the page's own", async () => {
  await chrome.keeps({ country: null });
  const page = await chrome.opens(`${site}/bitrix24_record.html`);
  await page.getByRole("button", { name: "Phone numbers" }).click();
  await page.evaluate(() => {
    document.addEventListener("click", (event) => event.preventDefault());
  });
  await page.getByRole("link", { name: "010-62551234" }).click();
  assert.equal(await page.evaluate(() => window.dialledItself), true);
  assert.deepEqual(await chrome.calls(), []);
  assert.deepEqual(await marked(page.mainFrame()), []);
  await page.close();
});

story(
  "c1 keys and right-click call what is selected, also on a site that is switched off",
  async () => {
    await chrome.keeps({ country: "DE", off: ["127.0.0.1"] });
    const page = await chrome.opens(`${site}/zoho.html`);
    const url = page.url();
    await page.locator("crm-value").first().waitFor();
    await page.bringToFront();
    await chrome.worker.evaluate(() => {
      globalThis.told = [];
      chrome.notifications.create = async ({ message }) => globalThis.told.push(message);
    });

    // Nobody is signed in here: that answer tells that a number came as far as the connection.
    await page.evaluate(() => {
      getSelection().selectAllChildren(document.querySelector("crm-value"));
    });
    await pressesKeys();
    assert.match(await told(), /^Nobody is signed in/);
    await page.evaluate(() => getSelection().removeAllRanges());
    await pressesKeys();
    assert.match(await told(), /^What is selected is no phone number/);
    await rightClicks({ menuItemId: "call selection", selectionText: " 102 " });
    assert.match(await told(), /^Nobody is signed in/);
    await rightClicks({ menuItemId: "call link", linkUrl: "tel:+49-30-901821;ext=5" });
    assert.match(await told(), /^Nobody is signed in/);
    await page.close();

    /** No program can press a key of Chrome's own, or open its menu: this is what Chrome then does. */
    async function pressesKeys() {
      await chrome.worker.evaluate(async (address) => {
        const tabs = await globalThis.chrome.tabs.query({});
        const { id } = tabs.find((tab) => tab.url === address);
        globalThis.chrome.commands.onCommand.dispatch("call-selection", { id, url: address });
      }, url);
    }
    async function rightClicks(clicked) {
      await chrome.worker.evaluate(
        (it) => {
          globalThis.chrome.contextMenus.onClicked.dispatch(it);
        },
        { ...clicked, pageUrl: url },
      );
    }
    /** What the next notification says. */
    function told() {
      return eventually("a notification", () => {
        return chrome.worker.evaluate(() => globalThis.told.shift());
      });
    }
  },
);

story("c1 when the extension is removed, its marks leave the open pages", async () => {
  const removed = await openChrome();
  await removed.isOf("US");
  const page = await removed.opens(`${site}/lightning.html`);
  await marks(page, LIGHTNING);
  await removed.worker.evaluate(() => void chrome.management.uninstallSelf());
  let left = 10;
  await eventually("the marks are gone", async () => {
    left += 5;
    await page.mouse.move(left, 10);
    return (await marked(page.mainFrame())).length === 0;
  });
  assert.equal(await page.locator("linecard-call").count(), 0);
});

story("c1 a program's click calls nobody", async () => {
  await chrome.isOf("CN");
  const page = await chrome.opens(`${site}/bitrix24_record.html`);
  await marks(page, ["138 0013 8000"]);
  await page.getByRole("button", { name: "Phone numbers" }).click();
  await page.evaluate(() => {
    document.addEventListener("click", (event) => event.preventDefault());
    document.querySelector("a[href*='62551234']").click();
  });
  // The next call comes to the worker behind whatever that click had sent.
  await clicksNumber(page, "138 0013 8000");
  await called([{ number: "+8613800138000", extension: null }]);
  await page.close();
});

story("c1 no page failed or broke its policy beside the extension", () => {
  assert.deepEqual(chrome.faults, []);
});
