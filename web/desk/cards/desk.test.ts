// What the agent sees as messages come in.
import { describe, expect, it } from "vitest";
import { type Card, type Down, parseDown } from "@/api/desk";
import { type Desk, EMPTY, next, STAYS_MS } from "./desk";

const ringing: Card = {
  call: "c1",
  direction: "inbound",
  state: "ringing",
  role: "agent",
  number: "+1 415-555-0134",
  started: "2026-01-01T00:00:00Z",
  lookup: "searching",
  others: 0,
};
const START = Date.parse(ringing.started);

const hello = (cards: Card[] = []): Down => ({
  t: "hello",
  extension: "101",
  name: "Alice",
  duty: { state: "on" },
  breaks: ["Lunch"],
  link: "up",
  abilities: {
    answer: true,
    hang_up: true,
    dial: true,
    transfer: true,
    pick_up: true,
    simulation: false,
  },
  cards,
  dialling: [],
});

function received(messages: Down[], desk: Desk = EMPTY, from = START): Desk {
  return messages.reduce(
    (so_far, message, index) =>
      next(so_far, { what: "message", message, now: from + index * 1000 }),
    desk,
  );
}

const only = (desk: Desk) => {
  const [shown] = desk.cards;
  if (!shown || desk.cards.length !== 1) throw new Error(`${desk.cards.length} cards`);
  return shown;
};

describe("Desk's cards", () => {
  it("shows a call that rings, then who it is", () => {
    const contact = { name: "Eve", module: "contact", page: "https://crm.example/1" };
    const desk = received([
      hello(),
      { t: "card", card: ringing },
      { t: "card", card: { ...ringing, lookup: "found", contact } },
    ]);
    expect(only(desk).card.contact?.name).toBe("Eve");
  });

  it("takes over what the agent chose at another Desk, and says why a choice was not taken", () => {
    const lunch = { t: "duty", state: "break", reason: "Lunch" } as const;
    const desk = received([hello(), lunch]);
    expect(desk.duty).toMatchObject({ state: "break", reason: "Lunch" });
    const refused = { t: "refused", to: "duty", code: "unknown_break_reason" } as const;
    const told = received([refused], desk);
    expect([told.duty.state, told.dutyRefused?.code]).toEqual(["break", "unknown_break_reason"]);
    expect(received([lunch], told).dutyRefused).toBeNull();
  });

  it("hides what was told before, once numbers are hidden, and keeps what the agent writes", () => {
    const contact = { name: "New contact +14155550134", module: "lead", page: "https://crm/1" };
    const rang = { ...ringing, name_from_phone: "+1 415-555-0134", handle: null, contact };
    const over = (call: string): Down => ({
      t: "card",
      card: { ...rang, call, state: "ended", ended: ringing.started },
    });
    const before = next(received([hello(), over("c1"), over("c2")]), {
      what: "writing",
      call: "c2",
      on: true,
    });
    const masked = { number: "•••••• 34", handle: "h" };
    const desk = received(
      [{ ...hello([{ ...ringing, call: "c3", ...masked }]), masked: true } as Down],
      before,
    );
    const shown = desk.cards.map(({ card, kept }) => [card.call, card.number, kept]);
    expect(shown).toEqual([
      ["c3", "•••••• 34", false],
      ["c2", "••••••", true],
    ]);
    expect(desk.cards[1]?.card.contact?.name).toBe("New contact ••••••");
    expect(JSON.stringify(desk)).not.toContain("0134");
  });

  it("keeps the newest servers for the softphone, and none of the line before", () => {
    const told = (username: string): Down => {
      const servers = [{ urls: ["turn:turn.example.com"], username, credential: "c" }];
      const message = parseDown(JSON.stringify({ t: "ice_servers", servers }));
      if (!message) throw new Error("Desk does not know what the server says");
      return message;
    };
    const desk = received([hello(), told("1:101-web"), told("2:101-web")]);
    expect(desk.iceServers.map(({ username }) => username)).toEqual(["2:101-web"]);
    expect(received([hello()], desk).iceServers).toEqual([]);
  });

  it("counts a wrap-up down from its whole length whatever the server's clock says", () => {
    const duty = {
      state: "wrap_up",
      since: "2031-01-01T00:00:00Z",
      until: "2031-01-01T00:00:30Z",
    } as const;
    expect(received([hello(), { t: "duty", ...duty }]).wrapUpEnds).toBe(START + 31_000);
    const found = { ...hello(), duty } as Down;
    expect(received([found]).wrapUpEnds).toBe(START + 30_000);
    expect(received([hello(), { t: "duty", state: "on" }]).wrapUpEnds).toBeNull();
  });

  it("x5 knows since when a call rings for the agent, and that it does not any more", () => {
    const waiting: Card = { ...ringing, state: "waiting" };
    const rung = received([hello([waiting]), { t: "card", card: ringing }]);
    expect(only(received([hello([waiting])])).ringsSince).toBeNull();
    expect(only(rung).ringsSince).toBe(START + 1000);
    const back = received([hello([ringing])], rung, START + 60_000);
    expect(only(back).ringsSince, "also after an outage").toBe(START + 1000);
    const talking = received([{ t: "card", card: { ...ringing, state: "talking" } }], back);
    expect(only(talking).ringsSince).toBeNull();
    const own = received([hello([{ ...ringing, role: "caller" }])]);
    expect(only(own).ringsSince, "the own phone rings before a clicked call").toBeNull();
  });

  it("x5 says that nobody was there to be fetched, also when the card has ended by then", () => {
    const asked = next(received([hello([ringing])]), { what: "asked", call: "c1", for: "pick_up" });
    expect(only(asked).pending).toBe("pick_up");
    const code = "call_over_or_taken";
    const refused = received([{ t: "refused", to: "pick_up", call: "c1", code }], asked);
    expect(only(refused)).toMatchObject({ pending: null, refused: { code } });
    const ended = { ...ringing, state: "ended", outcome: "missed" } as const;
    expect(only(received([{ t: "card", card: ended }], refused)).refused?.code).toBe(code);
  });

  it("waits no more for what was asked over a line that was lost", () => {
    const asked = next(received([hello([ringing])]), { what: "asked", call: "c1", for: "pick_up" });
    expect(only(received([hello([ringing])], asked)).pending).toBeNull();
  });

  it("starts the talking time at zero whatever the server's clock says", () => {
    const answered = "2031-01-01T00:00:00Z";
    const desk = received([
      hello(),
      { t: "card", card: ringing },
      { t: "card", card: { ...ringing, state: "talking", answered } },
    ]);
    expect(only(desk).answeredAt).toBe(START + 2000);
  });

  it("goes on counting a call that was answered before Desk was opened", () => {
    const talking: Card = { ...ringing, state: "talking", answered: "2026-01-01T00:00:05Z" };
    const desk = received([hello([talking])], EMPTY, START + 65_000);
    expect(only(desk).answeredAt).toBe(START + 5000);
  });

  it("keeps an ended call for wrap-up, then lets it go", () => {
    const ended = received([hello(), { t: "card", card: ringing }, { t: "gone", call: "c1" }]);
    expect(only(ended).card.state).toBe("ended");
    const endedAt = only(ended).endedAt ?? 0;
    expect(next(ended, { what: "time", now: endedAt + STAYS_MS - 1 }).cards).toHaveLength(1);
    expect(next(ended, { what: "time", now: endedAt + STAYS_MS }).cards).toHaveLength(0);
  });

  it("x17 shows a call no more whose number was erased", () => {
    const ended = received([hello(), { t: "card", card: ringing }, { t: "gone", call: "c1" }]);
    expect(received([{ t: "erased", call: "c1" }], ended).cards).toEqual([]);
  });

  it("keeps the outcome that arrives after the end", () => {
    const desk = received([
      hello(),
      { t: "card", card: ringing },
      { t: "gone", call: "c1" },
      { t: "card", card: { ...ringing, state: "ended", outcome: "missed", ended: "x" } },
    ]);
    expect(only(desk).card.outcome).toBe("missed");
    expect(only(desk).endedAt).toBe(START + 2000);
  });

  it("ends what ended while the line was down", () => {
    const desk = received([hello([ringing]), hello([])]);
    expect(only(desk).card.state).toBe("ended");
  });

  it("shows no call twice after the line came back", () => {
    const desk = received([hello([ringing]), hello([ringing])]);
    expect(only(desk).card.state).toBe("ringing");
  });

  it("puts what rings before what is talked and what has ended", () => {
    const desk = received([
      hello([
        { ...ringing, call: "over", state: "ended" },
        { ...ringing, call: "talk", state: "talking", answered: ringing.started },
      ]),
      { t: "card", card: { ...ringing, call: "ring" } },
    ]);
    expect(desk.cards.map(({ card }) => card.call)).toEqual(["ring", "talk", "over"]);
  });

  it("takes the waiting off a button when the phone system refuses, and says why", () => {
    const desk = received([hello([ringing])]);
    const asked = next(desk, { what: "asked", call: "c1", for: "answer" });
    expect(only(asked).pending).toBe("answer");
    const refused = received([{ t: "refused", to: "answer", code: "gone" }], asked);
    expect(only(refused)).toMatchObject({ pending: null, refused: { code: "gone" } });
  });

  it("takes the waiting off a button when the call moves on", () => {
    const asked = next(received([hello([ringing])]), { what: "asked", call: "c1", for: "answer" });
    const talking = received(
      [{ t: "card", card: { ...ringing, state: "talking", answered: "x" } }],
      asked,
    );
    expect(only(talking).pending).toBeNull();
  });

  it("removes a card when the agent says so", () => {
    const desk = received([hello([{ ...ringing, state: "ended" }])]);
    expect(next(desk, { what: "dismissed", call: "c1" }).cards).toEqual([]);
  });

  it("does not come back with late word of the call, unless the call goes on", () => {
    const ended: Down = { t: "card", card: { ...ringing, state: "ended" } };
    const removed = next(received([hello([ringing]), ended]), { what: "dismissed", call: "c1" });
    expect(received([ended], removed).cards).toEqual([]);
    expect(received([hello([ended.card])], removed).cards).toEqual([]);
    expect(received([{ t: "card", card: ringing }], removed).cards).toHaveLength(1);
  });
});

describe("A call that the agent asked for", () => {
  const dialling = { call: "lc-1", number: "+1 415-555-0134", name: "Eve" };
  const progress = (stage: "ringing" | "answered"): Down => ({
    t: "dial_progress",
    stage,
    ...dialling,
  });

  it("is shown while the own phone rings, and gives way to the call's card", () => {
    const rings = received([hello(), progress("ringing"), progress("ringing")]);
    expect(rings.dials).toHaveLength(1);
    expect(rings.dials[0]?.dialling).toEqual({ ...dialling, handle: null });
    expect(received([progress("answered")], rings).dials).toHaveLength(0);
  });

  it("stays with the reason when it failed, until it is dismissed", () => {
    const failed = received([
      hello(),
      progress("ringing"),
      { t: "dial_failed", code: "missing_right", words: "write = originate", ...dialling },
    ]);
    expect(failed.dials[0]?.failed?.words).toBe("write = originate");
    const greeted = received([hello()], failed);
    expect(greeted.dials).toHaveLength(1);
    expect(next(greeted, { what: "dismissed", call: "lc-1" }).dials).toHaveLength(0);
  });

  it("goes without a word when the agent gave it up", () => {
    const given_up: Down = { t: "dial_failed", code: "given_up", ...dialling };
    expect(received([hello(), progress("ringing"), given_up]).dials).toHaveLength(0);
  });

  const unknown: Card = { ...ringing, call: "lc-1", direction: "outbound", number: null };
  const card = (state: Card["state"]): Down => ({ t: "card", card: { ...unknown, state } });
  const failed: Down = { t: "dial_failed", code: "own_phone_not_answered", ...dialling };

  it("c2: names whom it will call while the phone system does not know it yet", () => {
    const desk = received([hello(), progress("ringing"), card("waiting")]);
    expect(only(desk).card.number).toBe("+1 415-555-0134");
  });

  it.each([
    ["before the reason", [card("waiting"), card("ended"), failed]],
    ["after the reason", [card("waiting"), failed, card("ended")]],
    ["without another word", [card("waiting"), failed, { t: "gone", call: "lc-1" } as Down]],
  ])("c2: leaves no card of a call with nobody when it ended %s", (_, told) => {
    const desk = received([hello(), progress("ringing"), ...told]);
    expect(desk.cards).toEqual([]);
    expect(desk.dials[0]?.failed?.code).toBe("own_phone_not_answered");
  });

  it("c2: keeps the card of a call that may have come about although the link was lost", () => {
    const lost: Down = { t: "dial_failed", code: "link_lost", ...dialling };
    const desk = received([hello(), progress("ringing"), card("waiting"), lost, card("ended")]);
    expect(only(desk).card.state).toBe("ended");
  });

  it("is no longer shown when it ended while the line was down", () => {
    expect(received([hello(), progress("ringing"), hello()]).dials).toHaveLength(0);
  });
});

describe("what an agent does about a call", () => {
  const ended: Card = { ...ringing, state: "ended", ended: ringing.started };
  const late = START + STAYS_MS + 60_000;

  it("x1: keeps the card while the agent writes, until the note is kept", () => {
    const shown = received([hello(), { t: "card", card: ended }]);
    const writing = next(shown, { what: "writing", call: "c1", on: true });
    expect(next(writing, { what: "time", now: late }).cards).toHaveLength(1);
    const kept = received([{ t: "done", to: "note", call: "c1" }], writing);
    expect(only(kept).done).toBe("note");
    const closed = next(kept, { what: "writing", call: "c1", on: false });
    expect(only(closed).done).toBe("note");
    expect(next(kept, { what: "time", now: late }).cards).toHaveLength(0);
  });

  it("g8: shows that a record is being created, and that it was", () => {
    const shown = received([hello(), { t: "card", card: ringing }]);
    const asked = next(shown, { what: "asked", call: "c1", for: "create" });
    expect(only(asked).pending).toBe("create");
    const done = received([{ t: "done", to: "create", call: "c1" }], asked);
    expect(only(done)).toMatchObject({ pending: null, done: "create" });
  });

  it("x3: says why another record was not chosen", () => {
    const shown = received([hello(), { t: "card", card: ringing }]);
    const asked = next(shown, { what: "asked", call: "c1", for: "choose" });
    const refused = received(
      [{ t: "refused", to: "choose", call: "c1", code: "being_written", detail: null }],
      asked,
    );
    expect(only(refused)).toMatchObject({ pending: null, refused: { code: "being_written" } });
  });
});
