// A page is opened once, by one tab, and only when it is a web page.
import { describe, expect, it } from "vitest";
import { standForLeader } from "./leader";
import { Pops } from "./pops";

function stage({ leads = true, blocked = false } = {}) {
  const tab = { leads, now: 0 };
  const opened: string[] = [];
  const sent: unknown[] = [];
  const blockedCalls: string[] = [];
  const pops = new Pops({
    leads: () => tab.leads,
    open: (url) => {
      opened.push(url);
      return blocked ? null : {};
    },
    send: (message) => sent.push(message),
    onBlocked: (call) => blockedCalls.push(call),
    onOpened: () => {},
    now: () => tab.now,
  });
  const becomesLeader = () => {
    tab.leads = true;
    pops.lead();
  };
  return { pops, opened, sent, blockedCalls, tab, becomesLeader };
}

const pop = { id: "p1", call: "c1", url: "https://crm.example/003" };

describe("a pop", () => {
  it("opens the page in a tab and says so", () => {
    const { pops, opened, sent } = stage();
    pops.take(pop);
    expect(opened).toEqual([pop.url]);
    expect(sent).toEqual([{ t: "popped", id: "p1", how: "tab" }]);
  });

  it("sent twice is opened once and answered twice", () => {
    const { pops, opened, sent } = stage();
    pops.take(pop);
    pops.take(pop);
    expect(opened).toHaveLength(1);
    expect(sent).toHaveLength(2);
  });

  it("is left to the leading tab", () => {
    const { pops, opened, sent } = stage({ leads: false });
    pops.take(pop);
    expect([...opened, ...sent]).toEqual([]);
  });

  it("done by another tab is not opened again", () => {
    const { pops, opened } = stage();
    pops.heard("p1", "tab");
    pops.take(pop);
    expect(opened).toEqual([]);
  });

  it("that the leading tab took with it when it closed is opened by the next one", () => {
    const { pops, opened, sent, becomesLeader } = stage({ leads: false });
    pops.take(pop);
    becomesLeader();
    expect(opened).toEqual([pop.url]);
    expect(sent).toEqual([{ t: "popped", id: "p1", how: "tab" }]);
  });

  it("that the leading tab has opened is not opened by the next one", () => {
    const { pops, opened, becomesLeader } = stage({ leads: false });
    pops.take(pop);
    pops.heard("p1", "tab");
    becomesLeader();
    pops.take(pop);
    expect(opened).toEqual([]);
  });

  it("that the leading tab could not open, because it was closing, is opened by the next one", () => {
    const { pops, opened, becomesLeader } = stage({ leads: false });
    pops.take(pop);
    pops.heard("p1", "blocked");
    becomesLeader();
    expect(opened).toEqual([pop.url]);
  });

  it("of long ago is not opened by a tab that leads only now", () => {
    const { pops, opened, tab, becomesLeader } = stage({ leads: false });
    pops.take(pop);
    tab.now = 10_000;
    becomesLeader();
    expect(opened).toEqual([]);
  });

  it("d12: blocked by the browser is said to the server and to the agent", () => {
    const { pops, sent, blockedCalls } = stage({ blocked: true });
    pops.take(pop);
    expect(sent).toEqual([{ t: "popped", id: "p1", how: "blocked" }]);
    expect(blockedCalls).toEqual(["c1"]);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "nonsense", ""])(
    "to %j is not opened",
    (url) => {
      const { pops, opened, sent } = stage();
      pops.take({ ...pop, url });
      expect([...opened, ...sent]).toEqual([]);
    },
  );
});

describe("the leading tab", () => {
  /** Locks as browsers keep them: one holder, the others wait in line. */
  function locks() {
    const line: (() => Promise<unknown>)[] = [];
    const advance = (): void => {
      const [first] = line;
      void first?.().then(() => {
        line.shift();
        advance();
      });
    };
    const request = (_name: string, _options: object, run: () => unknown) => {
      line.push(async () => run());
      if (line.length === 1) advance();
      return Promise.resolve();
    };
    return { request } as unknown as Pick<LockManager, "request">;
  }

  it("is one of two, and the other takes over when it goes", async () => {
    const shared = locks();
    const leading: string[] = [];
    const [first, second] = [new AbortController(), new AbortController()];
    standForLeader("101", () => leading.push("first"), first.signal, { locks: shared });
    standForLeader("101", () => leading.push("second"), second.signal, { locks: shared });
    await settled();
    expect(leading).toEqual(["first"]);
    first.abort();
    await settled();
    expect(leading).toEqual(["first", "second"]);
  });

  it("is every tab where the browser keeps locks from the page", () => {
    const leading: boolean[] = [];
    const stand = () =>
      standForLeader("101", (leads) => leading.push(leads), new AbortController().signal, {
        locks: undefined,
      });
    stand();
    stand();
    expect(leading).toEqual([true, true]);
  });
});

/** Lets every promise that can settle do so. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
