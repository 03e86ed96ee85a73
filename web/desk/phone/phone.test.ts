import { expect, test } from "vitest";
import type { Card } from "@/api/desk";
import { cardOf, NO_PHONE, nextPhone, type PhoneEvent } from "./phone";

const after = (...events: PhoneEvent[]) => events.reduce(nextPhone, NO_PHONE);

function card(call: string, state: Card["state"]): Card {
  const lookup = "nobody" as const;
  const times = { started: "2026-01-01T08:00:00Z", answered: null, ended: null };
  return { call, state, direction: "inbound", role: "agent", lookup, others: 0, ...times };
}

test("a call rings, is answered, muted and held, and is over", () => {
  const rings = after({ what: "registered" }, { what: "rings", call: "x.1" });
  expect(rings.call).toEqual({ call: "x.1", talks: false, muted: false, held: false });
  const held = [
    { what: "answered" } as const,
    { what: "muted", on: true } as const,
    { what: "held", on: true } as const,
  ].reduce(nextPhone, rings);
  expect(held.call).toEqual({ call: "x.1", talks: true, muted: true, held: true });
  expect(nextPhone(held, { what: "over" })).toEqual({ state: "ready", call: null, trouble: null });
});

test("a call goes on while the way to the server is lost", () => {
  const cut = after({ what: "rings", call: null }, { what: "answered" }, { what: "cut" });
  expect(cut.state).toBe("connecting");
  expect(cut.call?.talks).toBe(true);
});

test("the softphone's call is found by the name that the dial plan tells", () => {
  const cards = [card("ps.a.1", "ringing"), card("ps.a.2", "ringing")];
  const { call } = after({ what: "rings", call: "a.2" });
  expect(cardOf(call, cards)).toBe("ps.a.2");
  expect(cardOf(call, [card("ps.a.1", "ringing")])).toBeNull();
});

test("without a name it is the only one that rings, and none where two do", () => {
  const { call } = after({ what: "rings", call: null });
  expect(cardOf(call, [card("ps.a.1", "ringing"), card("ps.a.2", "talking")])).toBe("ps.a.1");
  expect(cardOf(call, [card("ps.a.1", "ringing"), card("ps.a.2", "ringing")])).toBeNull();
  expect(cardOf(null, [card("ps.a.1", "ringing")])).toBeNull();
});

test("a microphone that was refused is told until it works", () => {
  const denied = after({ what: "no_microphone", trouble: "denied" });
  expect(denied.trouble).toBe("denied");
  expect(nextPhone(denied, { what: "microphone_works" }).trouble).toBeNull();
});
