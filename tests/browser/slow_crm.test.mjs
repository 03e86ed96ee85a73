// A CRM that takes half a minute to answer: the page says that it waits and what came of it,
// nothing typed is lost, and everything else goes on meanwhile.
import assert from "node:assert/strict";
import { before } from "node:test";
import { openOffice } from "./stage/office.mjs";
import { StandIn } from "./stage/stand_in.mjs";
import { story } from "./stage/story.mjs";

/** Longer than Linecard waits for any answer. */
const TOO_LONG_MS = 31_000;
const KEY = "stand-in-service-key";

let office;
let hubspot;
let page;

before(async () => {
  office = await openOffice();
  hubspot = new StandIn(office.demo.hubspot);
  page = office.page;
  await page.goto(`${office.demo.home}/integrations/crm/hubspot`);
});

story(
  "a20 a crm that answers after half a minute is waited for in sight of everybody",
  async () => {
    await page.getByLabel("Service key").fill(KEY);
    await page.getByLabel("HubSpot's API").fill(hubspot.address);
    await hubspot.fails({ kind: "delay", times: 1, milliseconds: TOO_LONG_MS, target: "api" });
    await page.getByRole("button", { name: "Save and connect" }).click();
    await page.getByText("Waiting for HubSpot", { exact: true }).waitFor();
    assert.equal(await page.getByRole("dialog").count(), 0, "nothing came of it yet");
    assert.equal(await page.getByLabel("HubSpot's API").inputValue(), hubspot.address);

    const elsewhere = await office.admin.opens(`${office.demo.home}/calls`);
    await elsewhere.getByRole("heading", { name: "Calls", exact: true }).waitFor();
    await elsewhere.close();
    assert.equal((await office.api.read("/crm/hubspot")).status, "not_connected");

    await page.bringToFront();
    const told = page.getByRole("dialog", { name: "HubSpot is not connected" });
    await told.waitFor({ timeout: 2 * TOO_LONG_MS });
    await told.getByText("The CRM gave no usable answer").waitFor();
    await page.getByText("Waiting for HubSpot", { exact: true }).waitFor({ state: "detached" });
    await told.getByRole("button", { name: "OK" }).click();
    const { status, settings, secrets } = await office.api.read("/crm/hubspot");
    assert.equal(status, "not_connected");
    assert.deepEqual([settings.api_url, secrets.service_key], [hubspot.address, "set"]);
  },
);

story("a20 what was typed is there still, and connects once the crm answers", async () => {
  assert.equal(await page.getByLabel("HubSpot's API").inputValue(), hubspot.address);
  await page.getByRole("button", { name: "Save and connect" }).click();
  const told = page.getByRole("dialog", { name: "HubSpot is connected" });
  await told.getByRole("button", { name: "OK" }).click();
  assert.equal((await office.api.read("/crm/hubspot")).status, "connected");
  assert.deepEqual(office.admin.faults, []);
});
