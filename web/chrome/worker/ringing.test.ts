import { beforeEach, expect, test, vi } from "vitest";
import { write } from "../kept";
import { clicked, ring, ringsNoMore } from "./ringing";

const CALLER = "https://crm.example/1";
const SIGNED_IN = {
  server: "https://linecard.example.com",
  refresh: "r",
  name: "A",
  extension: "1",
};

let created: string[];

function storage(kept: Record<string, unknown>) {
  return {
    get: async (key: string) => ({ [key]: kept[key] }),
    set: async (values: object) => void Object.assign(kept, values),
  };
}

beforeEach(() => {
  created = [];
  vi.stubGlobal("chrome", {
    i18n: { getMessage: (name: string) => name },
    notifications: { create: () => {}, clear: () => {} },
    storage: { local: storage({ signedIn: SIGNED_IN }), session: storage({}) },
    tabs: {
      create: async ({ url }: { url: string }) => {
        created.push(url);
        return { id: created.length, windowId: 1 };
      },
      get: async () => ({ windowId: 1 }),
      update: async () => {},
    },
    windows: { getAll: async () => [{}], update: async () => {} },
  });
});

const incoming = (page: string | null) =>
  ({
    t: "incoming",
    call: "c1",
    name: "Maya",
    company: null,
    number: null,
    queue: null,
    page,
  }) as const;

test("d11 a click on who calls opens the caller's page, once", async () => {
  await ring(incoming(CALLER));
  await clicked("call:c1");
  await clicked("call:c1");
  expect(created).toEqual([CALLER]);
});

test("d11 a click on who calls leads to Desk where nobody knows the page", async () => {
  await ring(incoming(null));
  await clicked("call:c1");
  expect(created).toEqual([`${SIGNED_IN.server}/desk/`]);
});

test("d11 a click opens no page where pages are switched off, and none of a call that is over", async () => {
  await ring(incoming(CALLER));
  await write("popsOff", true);
  await clicked("call:c1");
  await write("popsOff", false);
  await ringsNoMore("c1");
  await clicked("call:c1");
  expect(created).toEqual(Array(2).fill(`${SIGNED_IN.server}/desk/`));
});
