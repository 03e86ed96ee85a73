// A program outside is told of calls (X13), as the admin sets it up; and who is told what needs
// somebody (X7).
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { before } from "node:test";
import { openBrowser } from "./stage/browser.mjs";
import * as console from "./stage/console.mjs";
import { eventually } from "./stage/eventually.mjs";
import { startDemo } from "./stage/linecard.mjs";
import { story } from "./stage/story.mjs";
import { atTheEnd } from "./stage/teardown.mjs";

const MAYA = "+14155550134";

/** What the program outside was sent, and how it answers. */
const program = { received: [], status: 200 };

let demo;
let alice;
let page;
let secret;

before(async () => {
  const server = createServer(async (request, response) => {
    const pieces = await request.toArray();
    program.received.push({ headers: request.headers, body: Buffer.concat(pieces).toString() });
    response.writeHead(program.status).end(program.status === 200 ? "" : "the disk is full");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atTheEnd(async () => server.close());
  program.url = `http://127.0.0.1:${server.address().port}/hook`;
  demo = await startDemo();
  const browser = await openBrowser();
  alice = await browser.person("alice");
  page = await alice.opens(demo.signInLink);
  await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
});

async function send(path, body = {}) {
  const answer = await alice.context.request.post(`${demo.home}/api/v1${path}`, {
    data: body,
    headers: { "X-Linecard": "1" },
  });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.text();
}

function isSigned({ headers, body }) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return headers["webhook-signature"].split(" ").includes(expected);
}

const told = (type) =>
  program.received.filter(({ body }) => JSON.parse(body).type === type).map(({ body }) => body);

story("x13 an endpoint is added, and its secret is shown once", async () => {
  await console.goesTo(page, "Webhooks");
  await page.getByRole("button", { name: "Add an endpoint" }).click();
  const dialog = page.getByRole("dialog", { name: "Add an endpoint" });
  await dialog.getByLabel("Name", { exact: true }).fill("Wallboard");
  await dialog.getByLabel("Address").fill(program.url);
  await dialog.getByRole("button", { name: "Save" }).click();
  const shown = page.getByRole("dialog", { name: "The secret of Wallboard" });
  secret = await shown.getByLabel("Secret", { exact: true }).inputValue();
  await shown.getByRole("button", { name: "I have copied it" }).click();
  await shown.waitFor({ state: "hidden" });
  await page.reload();
  await page.getByRole("heading", { name: "Wallboard" }).waitFor();
  assert.equal((await page.content()).includes(secret), false);
});

story("x13 the test button says that the program has taken a signed message", async () => {
  await page.getByRole("button", { name: "Send a test message" }).click();
  await page.getByText("The test message has arrived").waitFor();
  assert.equal(program.received.length, 1);
  assert.ok(isSigned(program.received[0]));
});

story("x13 a call that is over is told, without numbers and names", async () => {
  const { call } = JSON.parse(await send("/demo/calls", { from: MAYA, to: "101" }));
  await send(`/demo/calls/${call}/hang-up`);
  await eventually("the end of the call is told", () => told("call.ended").length === 1);
  const [body] = told("call.ended");
  assert.equal(JSON.parse(body).data.person, null);
  assert.equal(body.includes("4155550134"), false);
  assert.ok(isSigned(program.received.at(-1)));
});

story("x13 what the program refused stands in the log and is sent again", async () => {
  program.status = 507;
  await page.getByRole("button", { name: "Send a test message" }).click();
  await page.getByText("The test message has not arrived").waitFor();
  await page.getByText("the disk is full").waitFor();
  program.status = 200;
  const before = program.received.length;
  await page.getByRole("button", { name: "Log" }).click();
  const log = page.getByRole("dialog", { name: "What Wallboard was told" });
  const refused = log.getByRole("listitem").filter({ hasText: "Given up" });
  await refused.getByText("HTTP status 507").waitFor();
  await refused.getByRole("button", { name: "Send again" }).click();
  await eventually("it is sent again", () => program.received.length === before + 1);
  const [first, again] = program.received.slice(-2).map(({ headers }) => headers["webhook-id"]);
  assert.equal(first, again);
  await refused.waitFor({ state: "hidden" });
  await log.getByRole("button", { name: "Close" }).click();
});

story("x13 an endpoint that is removed is told nothing more", async () => {
  await page.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Wallboard?" });
  await dialog.getByRole("button", { name: "Remove" }).click();
  await page.getByText("Nobody is told yet").waitFor();
  const left = await alice.context.request.get(`${demo.home}/api/v1/webhooks`);
  assert.deepEqual((await left.json()).webhooks, []);
});

story("x7 the admin chooses who is told of what", async () => {
  await console.goesTo(page, "Alerts");
  await page.getByText("No mail server is set up").waitFor();
  const recipients = page.getByRole("combobox", { name: "Mail to" });
  await recipients.fill("ada@example.com");
  await recipients.press("Enter");
  await page.getByLabel("The link to the phone system is down: After minutes").fill("15");
  await page.getByRole("switch", { name: "A CRM refused calls" }).uncheck({ force: true });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  const kept = await alice.context.request.get(`${demo.home}/api/v1/alerts/settings`);
  const settings = await kept.json();
  assert.deepEqual(settings.recipients, ["ada@example.com"]);
  assert.equal(settings.link_down_minutes, 15);
  assert.equal(settings.entries_refused, false);
  assert.deepEqual(alice.faults, []);
});
