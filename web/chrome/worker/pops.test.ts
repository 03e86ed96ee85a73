import { beforeEach, expect, test, vi } from "vitest";
import { lastOpened, open, openByClick, type Pop, showPageOf } from "./pops";

/** What Chrome has: tabs by id, and what is kept until it ends. */
let tabs: Map<number, { url: string | undefined; active: boolean }>;
let windows: number;
let focused: boolean;

beforeEach(() => {
  const kept: Record<string, unknown> = {};
  tabs = new Map();
  windows = 1;
  focused = false;
  let next = 1;
  const create = (url: string, active: boolean) => {
    const id = next++;
    tabs.set(id, { url, active });
    return { id, windowId: 1 };
  };
  vi.stubGlobal("chrome", {
    storage: {
      session: {
        get: async (key: string) => ({ [key]: kept[key] }),
        set: async (values: object) => void Object.assign(kept, values),
      },
    },
    tabs: {
      create: async ({ url, active }: { url: string; active: boolean }) => create(url, active),
      get: async (id: number) => {
        if (!tabs.has(id)) throw new Error(`No tab with id: ${id}`);
        return { id, windowId: 1, url: tabs.get(id)?.url };
      },
      update: async (id: number, { active }: { active: boolean }) => {
        const tab = tabs.get(id);
        if (tab) tab.active = active;
      },
    },
    windows: {
      getAll: async () => Array.from({ length: windows }),
      create: async (made: { url: string; focused: boolean }) => {
        windows += 1;
        focused = made.focused;
        return { tabs: [create(made.url, true)] };
      },
      update: async () => {
        focused = true;
      },
    },
  });
});

function pop(id: string, url = "https://crm.example/1", ringing = true): Pop {
  return { t: "pop", id, call: `call-${id}`, url, ringing, until: "2026-01-01T08:01:00Z" };
}

test("d11 a page opens once, however often it is told", async () => {
  const told = await Promise.all([open(pop("p1")), open(pop("p1")), open(pop("p1"))]);
  expect(told.map(({ t }) => t)).toEqual(["popped", "popped", "popped"]);
  expect(tabs.size).toBe(1);
  expect(await lastOpened()).toBe("p1");
});

test("d11 while it rings nothing comes to the front", async () => {
  await open(pop("p1"));
  expect([...tabs.values()].map(({ active }) => active)).toEqual([false]);
  expect(focused).toBe(false);
});

test("d3 a page that opens when the call was answered comes to the front", async () => {
  await open(pop("p1", "https://crm.example/1", false));
  expect([...tabs.values()].map(({ active }) => active)).toEqual([true]);
});

test("d11 without a window it opens one", async () => {
  windows = 0;
  expect(await open(pop("p1"))).toEqual({ t: "popped", id: "p1", how: "window" });
});

test("d11 the same caller again uses the tab that was opened for that page, no other", async () => {
  await open(pop("p1"));
  expect(await open(pop("p2"))).toMatchObject({ how: "reuse" });
  expect(await open(pop("p3", "https://crm.example/2"))).toMatchObject({ how: "tab" });
  expect([...tabs.values()].map(({ url }) => url)).toEqual([
    "https://crm.example/1",
    "https://crm.example/2",
  ]);
});

test("d11 a tab that the agent has closed is opened anew", async () => {
  await open(pop("p1"));
  tabs.clear();
  expect(await open(pop("p2"))).toMatchObject({ how: "tab" });
});

test("d11 a tab in which the agent went on is left alone, and so is one that Chrome keeps from us", async () => {
  await open(pop("p1"));
  for (const url of ["https://crm.example/2", undefined]) {
    for (const tab of tabs.values()) tab.url = url;
    expect(await open(pop(`after ${url}`))).toMatchObject({ how: "tab" });
  }
  expect(tabs.size).toBe(3);
});

test("d11 a page that a click has opened is not opened once more by itself", async () => {
  await open(pop("p0", "https://crm.example/0"));
  await openByClick("call-p1", "https://crm.example/1");
  expect([...tabs.values()].map(({ active }) => active)).toEqual([false, true]);
  expect(await lastOpened()).toBe("p0");
  expect(await showPageOf("call-p1")).toBe(true);
  expect(await open(pop("p1"))).toMatchObject({ t: "popped", id: "p1", how: "reuse" });
  expect(tabs.size).toBe(2);
});

test("a page that cannot be opened is told with Chrome's own words", async () => {
  chrome.tabs.create = vi.fn().mockRejectedValue(new Error("Tabs cannot be edited right now"));
  expect(await open(pop("p1"))).toMatchObject({ t: "pop_failed", id: "p1" });
});
