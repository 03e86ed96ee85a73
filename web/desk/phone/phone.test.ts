import { expect, test } from "vitest";
import type { Card } from "@/api/desk";
import {
  callsByCard,
  fetchesFrom,
  missedHere,
  NO_PHONE,
  nextPhone,
  type PhoneCall,
  type PhoneEvent,
} from "./phone";

const after = (...events: PhoneEvent[]) => events.reduce(nextPhone, NO_PHONE);

const rings = (id: string, call: string | null = null): PhoneEvent => ({
  what: "rings",
  id,
  call,
});

function card(call: string, state: Card["state"]): Card {
  const lookup = "nobody" as const;
  const times = { started: "2026-01-01T08:00:00Z", answered: null, ended: null };
  return { call, state, direction: "inbound", role: "agent", lookup, others: 0, ...times };
}

/** The softphone's ids by the names of their cards. */
function found(calls: readonly PhoneCall[], cards: Card[]): Record<string, string> {
  return Object.fromEntries([...callsByCard(calls, cards)].map(([name, { id }]) => [name, id]));
}

test("a call rings, is answered, muted and held, and is over", () => {
  const ringing = after({ what: "registered", at: 100 }, rings("a", "x.1"));
  const flags = { muted: false, held: false, soundLost: false, notJoined: false };
  expect(ringing.calls).toEqual([{ id: "a", call: "x.1", talks: false, ...flags }]);
  const held = [
    { what: "answered", id: "a" } as const,
    { what: "muted", id: "a", on: true } as const,
    { what: "held", id: "a", on: true } as const,
  ].reduce(nextPhone, ringing);
  expect(held.calls).toEqual([
    {
      id: "a",
      call: "x.1",
      talks: true,
      muted: true,
      held: true,
      soundLost: false,
      notJoined: false,
    },
  ]);
  expect(nextPhone(held, { what: "over", id: "a", sound: null })).toEqual({
    state: "ready",
    since: 100,
    calls: [],
    trouble: null,
  });
});

test("a second call rings while the first is talked, and each goes its own way", () => {
  const { calls } = after(
    rings("a"),
    { what: "answered", id: "a" },
    rings("b"),
    { what: "held", id: "a", on: true },
    { what: "answered", id: "b" },
  );
  expect(calls.map(({ id, talks, held }) => [id, talks, held])).toEqual([
    ["a", true, true],
    ["b", true, false],
  ]);
});

test("a call whose sound has lost its way says so until it has another one", () => {
  const lost = after(
    rings("a"),
    { what: "answered", id: "a" },
    { what: "sound", id: "a", lost: true },
  );
  expect(lost.calls[0]?.soundLost).toBe(true);
  expect(nextPhone(lost, { what: "sound", id: "a", lost: false }).calls[0]?.soundLost).toBe(false);
});

test("a call goes on while the way to the server is lost", () => {
  const cut = after(rings("a"), { what: "answered", id: "a" }, { what: "cut" });
  expect(cut.state).toBe("connecting");
  expect(cut.calls[0]?.talks).toBe(true);
});

test("who signed on too often waits, through each attempt, until one succeeds", () => {
  expect(after({ what: "waits" }, { what: "cut" }).state).toBe("waiting");
  expect(after({ what: "waits" }, { what: "opens" }).state).toBe("connecting");
  expect(after({ what: "waits" }, { what: "registered", at: 100 }).state).toBe("ready");
});

test("the softphone's call is found by the name that the dial plan tells", () => {
  const cards = [card("ps.a.1", "ringing"), card("ps.a.2", "ringing")];
  const { calls } = after(rings("b", "a.2"));
  expect(found(calls, cards)).toEqual({ "ps.a.2": "b" });
  expect(found(calls, [card("ps.a.1", "ringing")])).toEqual({});
});

test("without a name it is the only one that rings, and none where two do", () => {
  const { calls } = after(rings("b"));
  const one = [card("ps.a.1", "ringing"), card("ps.a.2", "talking")];
  expect(found(calls, one)).toEqual({ "ps.a.1": "b" });
  expect(found(calls, [card("ps.a.1", "ringing"), card("ps.a.2", "ringing")])).toEqual({});
  expect(found([], [card("ps.a.1", "ringing")])).toEqual({});
});

test("a call that was joined to another is the one that is left", () => {
  const { calls } = after(rings("a", "a.1"), { what: "answered", id: "a" }, rings("b", "gone.2"), {
    what: "answered",
    id: "b",
  });
  const cards = [card("ps.a.1", "holding"), card("ps.a.3", "talking")];
  expect(found(calls, cards)).toEqual({ "ps.a.1": "a", "ps.a.3": "b" });
});

test("a microphone that was refused is told until it works", () => {
  const denied = after({ what: "no_microphone", trouble: "denied" });
  expect(denied.trouble).toBe("denied");
  expect(nextPhone(denied, { what: "microphone_works" }).trouble).toBeNull();
});

test("a call that began while the softphone was not signed on does not ring there any more", () => {
  const ready = after({ what: "opens" }, { what: "registered", at: 100 });
  expect(missedHere(ready, 150)).toBeNull();
  const cut = nextPhone(ready, { what: "cut" });
  expect(missedHere(cut, 150)).toBe("not_connected");
  const back = nextPhone(cut, { what: "registered", at: 200 });
  expect(missedHere(back, 150)).toBe("not_connected");
  expect(missedHere(back, 250)).toBeNull();
  const again = nextPhone(back, { what: "registered", at: 300 });
  expect(missedHere(again, 250), "signed on anew without having been away").toBeNull();
});

test("a third call rings elsewhere, and where another tab is the phone nothing is said", () => {
  const two = after({ what: "registered", at: 100 }, rings("a"), rings("b"));
  expect(missedHere(two, 150)).toBe("full");
  expect(missedHere(NO_PHONE, 150)).toBeNull();
});

test("x5 a call that rings at the desk phone alone can be fetched, once the softphone had its time", () => {
  const ready = after({ what: "registered", at: 100 });
  expect(fetchesFrom(ready, 5_000)).toBe(7_000);
  expect(fetchesFrom(nextPhone(ready, rings("a")), 5_000), "beside a first call").toBe(7_000);
});

test("x5 a softphone that is not signed on, or has two calls, fetches none", () => {
  const ready = after({ what: "registered", at: 100 });
  expect(fetchesFrom(NO_PHONE, 5_000)).toBeNull();
  for (const what of ["cut", "waits", "refused", "opens"] as const)
    expect(fetchesFrom(nextPhone(ready, { what }), 5_000), what).toBeNull();
  const two = after({ what: "registered", at: 100 }, rings("a"), rings("b"));
  expect(fetchesFrom(two, 5_000)).toBeNull();
});
