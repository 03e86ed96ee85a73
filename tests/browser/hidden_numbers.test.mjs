// Numbers: an admin tries how one is read, and hides them from agents (F17).
import assert from "node:assert/strict";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import { goesTo } from "./stage/console.mjs";
import { cardIs, goesOnDuty } from "./stage/desk.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";

/** Nobody in the stand-ins has it. */
const EVE = "+14155550177";
const HIDDEN = "•••••• 77";

let demo;
let browser;
let page;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  const admin = await browser.person("admin");
  page = await admin.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

story("an admin sees how a number is read before the area code is saved", async () => {
  await goesTo(page, "Settings");
  await page.getByRole("textbox", { name: "Try a number" }).fill("555-2671");
  await page.getByText("+15552671").waitFor();
  await page.getByLabel("Area code").fill("415");
  await page.getByText("A local number: the area code was put before it.").waitFor();
  await page.getByText("+14155552671").waitFor();
});

story("f17: an agent from whom numbers are hidden calls back all the same", async () => {
  await goesTo(page, "Settings");
  await page.getByRole("switch", { name: "Hide numbers from agents" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved", { exact: true }).waitFor();

  const { sign_in_link } = await send("/accounts", {
    email: "eva@example.com",
    name: "Eva",
    role: "agent",
    extension: "102",
  });
  const agent = await browser.person("agent");
  const desk = await agent.opens(sign_in_link);
  await goesOnDuty(desk);
  const { call } = await send("/demo/calls", { from: EVE, to: "102" });
  const ringing = await cardIs(desk, "ringing");
  await ringing.getByText(HIDDEN).first().waitFor();
  await send(`/demo/calls/${call}/hang-up`);
  const ended = await cardIs(desk, "ended");
  assert.doesNotMatch(await desk.content(), /0177/);
  await ended.getByRole("button", { name: "Call back" }).click();
  const dialling = desk.getByRole("region", { name: `Calling ${HIDDEN}` });
  await dialling.waitFor();
  assert.doesNotMatch(await desk.content(), /0177/);
});

function send(path, body) {
  return page.evaluate(
    async ([path, body]) => {
      const answer = await fetch(`/api/v1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "X-Linecard": "1" },
        body: JSON.stringify(body ?? null),
      });
      if (!answer.ok) throw new Error(await answer.text());
      const text = await answer.text();
      return text ? JSON.parse(text) : null;
    },
    [path, body],
  );
}
