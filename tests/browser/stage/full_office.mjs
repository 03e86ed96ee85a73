// An office after some weeks of use: the demo with something in every list of the Console, also of
// what went wrong, and with names as long as people have them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { decides, signsInAtZoho } from "./consent.mjs";
import { authorizes } from "./console.mjs";
import { eventually } from "./eventually.mjs";
import { openOffice } from "./office.mjs";
import { atTheEnd } from "./teardown.mjs";

/** In the stand-in Salesforce of the demo. */
const MAYA = "+14155550134";
const STRANGER = "+16285550199";
const LONG = "Fang Wang of a company whose name goes on and on, in Hamburg and elsewhere";
const TABLE = "Name,Company,Mobile\nAda Adams,Acme,+49 171 1234567\nEve,,none\n";

/** What `openOffice` gives, and `book` and `call`: the ids of a phonebook and of a written call. */
export async function openFullOffice() {
  const office = await openOffice();
  await callsCameAndWent(office);
  const book = await contactsAreKept(office);
  await othersAreAtWork(office);
  await otherCrmsAreConnected(office);
  const { calls } = await office.api.read("/calls?journal=written&limit=1");
  return { ...office, book, call: calls[0].id };
}

/** Calls of all kinds; one is in a queue's figures, one was refused, one has made a contact. */
async function callsCameAndWent({ api, phones, crm }) {
  const modules = ["contact", "lead", "account"];
  const synced = { on: true, modules, scope: "called", always_query: false, new: "Salesforce" };
  await api.send("/crm/salesforce/phonebook", { ...synced, version: 0 }, "PUT");
  await changes(api, "/crm/salesforce/follow-up", { on: true });
  const written = await phones.answered(MAYA, "101");
  await api.send(`/entries/${written.entries[0].key}/late`, { note: LONG }, "PUT");
  await phones.answered(MAYA, "700", "103");
  await phones.missed(MAYA, "600");
  await phones.missed(STRANGER, "102");
  await phones.missed("", "101");
  await phones.placed("103", "+14155550119");
  await changes(api, "/crm/salesforce/creation", { on: true });
  await phones.missed("+16285550142", "101");
  await crm.fails({ kind: "validation_rule", times: 9 });
  const refused = await phones.missed(MAYA, "101");
  assert.ok(
    refused.entries.some(({ state }) => state === "parked"),
    JSON.stringify(refused.entries),
  );
  await crm.recovers();
}

/** A phonebook with contacts that may be the same, and what a file brought; its id. */
async function contactsAreKept({ api, admin, demo }) {
  const { id } = await api.send("/phonebooks", {
    name: "Suppliers of everything",
    extensions: ["101"],
  });
  for (const [name, company, written] of [
    ["王芳 Wang Fang", "蓝港物流", "+86 138 0013 8000"],
    [LONG, "Acme", "(415) 555-0199"],
    ["Fang Wang", "Acme", "(415) 555-0199"],
    ["Jürgen Müller", "Bäckerei Müller", "+49 30 901820"],
  ]) {
    const numbers = [
      { slot: "business", written },
      { slot: "other", written: "12345" },
    ];
    await api.send(`/phonebooks/${id}/contacts`, { name, company, numbers });
  }
  const file = { phonebook: id, file_name: "contacts.csv", bytes: TABLE.length };
  const brought = (await api.send("/imports", file)).id;
  await admin.context.request.put(`${demo.home}/api/v1/imports/${brought}/file?from=0`, {
    data: TABLE,
    headers: { "X-Linecard": "1", "Content-Type": "application/octet-stream" },
  });
  await eventually("the file is read", async () => {
    return (await api.read(`/imports/${brought}`)).state === "ready";
  });
  const { plan } = await api.send(`/imports/${brought}/preview`, {});
  await api.send(`/imports/${brought}/start`, plan);
  await eventually("the file is imported", async () => {
    return (await api.read(`/imports/${brought}`)).state === "done";
  });
  return id;
}

/** People, keys, endpoints that are told, a mail server that is away, alerts and rules. */
async function othersAreAtWork({ api }) {
  const watcher = {
    name: LONG,
    email: "a.name.that.is.rather.long@example.com",
    role: "supervisor",
  };
  const { account } = await api.send("/accounts", watcher);
  await api.send("/accounts", { name: "王小明", email: "ming@example.com", role: "admin" });
  await api.send(`/accounts/${account.id}/disable`);
  await api.send("/extension-groups", { name: "Sales of the north", extensions: ["101", "102"] });
  await api.send("/api-keys", { name: "Wallboard in the hall", role: "supervisor" });
  for (const [name, url] of [
    ["Wallboard", await endpoint(200)],
    ["A program with a full disk", await endpoint(507)],
  ]) {
    const events = ["call.ringing", "call.ended"];
    const hook = await api.send("/webhooks", { name, url, events, personal: true, enabled: true });
    await api.tries(`/webhooks/${hook.webhook.id}/test`);
  }
  const server = { host: "127.0.0.1", port: 9, security: "plain" };
  const sender = { sender: "linecard@example.com", sender_name: "Linecard" };
  await api.send("/mail", { ...server, ...sender, version: 0 }, "PUT");
  await changes(api, "/alerts/settings", { recipients: ["ops@example.com", "boss@example.com"] });
  await changes(api, "/organisation", {
    exclusions: {
      own: ["+1415555010*"],
      never_looked_up: ["+14155550177"],
      never_logged: ["+14155550178"],
      business_hours: [{ days: ["monday", "friday"], from: "09:00:00", until: "17:30:00" }],
    },
  });
}

/** By what the demo has filled in; Zoho's admin is asked on Zoho's page. */
async function otherCrmsAreConnected({ api, admin, page, demo }) {
  for (const kind of ["bitrix24", "hubspot"]) {
    await api.send(`/crm/${kind}/connect`);
    await api.send(`/crm/${kind}/bindings/auto`);
  }
  await page.goto(`${demo.home}/integrations/crm/zoho`);
  const tab = await authorizes(admin, page);
  await signsInAtZoho(tab);
  await decides(tab, "Accept");
  await tab.close();
  const all = await api.read("/crm");
  assert.deepEqual(
    all.map(({ status }) => status),
    Array(4).fill("connected"),
  );
}

/** Somebody else's program, which answers with this status. */
async function endpoint(status) {
  const server = createServer(async (request, response) => {
    await request.resume().toArray();
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atTheEnd(async () => server.close());
  return `http://127.0.0.1:${server.address().port}/hook`;
}

/** Keeps settings with some of them changed. */
async function changes(api, path, changed) {
  await api.send(path, { ...(await api.read(path)), ...changed }, "PUT");
}
