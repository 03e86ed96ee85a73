// Every address of Console and Desk at which something is to be seen, and that none is left out.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const ROUTER = new URL("../../../web/console/router.tsx", import.meta.url);
const PARTS = ["users", "journal", "contacts", "sync"];
const CRMS = ["salesforce", "zoho", "bitrix24", "hubspot"];

/**
 * For each route of the Console the addresses that show it, in an office that is full; those of Desk
 * stand last.
 * @param {{ book: string, call: string }} office
 */
export async function addresses({ book, call }) {
  const ofRoutes = {
    "/": ["/"],
    "/phone-system": ["/phone-system"],
    "/extensions": ["/extensions"],
    "/integrations/crm": ["/integrations/crm"],
    "/integrations/crm/$kind": [
      ...CRMS.map((kind) => `/integrations/crm/${kind}`),
      ...PARTS.map((part) => `/integrations/crm/salesforce?part=${part}`),
    ],
    "/contacts": ["/contacts"],
    "/contacts/$id": [`/contacts/${book}`, "/contacts/nobody"],
    "/contacts/duplicates": ["/contacts/duplicates"],
    "/contacts/$id/import": [`/contacts/${book}/import`],
    "/calls": ["/calls", "/calls?journal=skipped&reason=nobody"],
    "/figures": ["/figures"],
    "/calls/not-written": ["/calls/not-written"],
    "/explain": ["/explain", "/explain?number=%2B14155550134", `/explain?call=${call}`],
    "/health": ["/health"],
    "/settings": ["/settings"],
    "/settings/webhooks": ["/settings/webhooks"],
    "/settings/mail": ["/settings/mail"],
    "/settings/alerts": ["/settings/alerts"],
    "/settings/duty": ["/settings/duty"],
    "/settings/data": ["/settings/data"],
    "/settings/audit-log": ["/settings/audit-log"],
    "/settings/people": ["/settings/people"],
    "/settings/single-sign-on": ["/settings/single-sign-on"],
    "/settings/devices": ["/settings/devices"],
    "/settings/api-keys": ["/settings/api-keys"],
  };
  const known = [...Object.keys(ofRoutes), ...OF_STRANGERS];
  assert.deepEqual(await routes(), known.sort(), "each route has its addresses in this file");
  return [...Object.values(ofRoutes).flat(), "/nowhere", "/desk/", "/outside-line"];
}

/** The Console's routes, as its router has them: `$id` stands for any id. */
export async function routes() {
  const router = await readFile(ROUTER, "utf8");
  return [...router.matchAll(/\bpath: "([^"]+)"/g)].map(([, path]) => path).sort();
}

/** What somebody sees who is not signed in. */
const OF_STRANGERS = ["/set-up", "/sign-in", "/authorize"];
