// Ties Desk's parts together: socket, cards, pops, leading tab.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { SoundReport, Up } from "@/api/desk";
import { sessionQuery } from "@/session/query";
import { type Desk, EMPTY, next } from "../cards/desk";
import type { DutyWish } from "../duty/DutyMenu";
import { standForLeader } from "../pop/leader";
import { openTab, Pops } from "../pop/pops";
import { NOTHING, nextSearch, type Search } from "../search/search";
import { connectDesk, type DeskConnection, type Line } from "../socket/connection";

export type AboutCall = Extract<Up, { t: "note" | "choose" | "create" | "transfer" }>;

export interface DeskHandle {
  desk: Desk;
  line: Line;
  /** This tab rings and opens pages; another one does when false. */
  leads: boolean;
  /** The browser blocked a page: the agent is told how to allow it. */
  popBlocked: boolean;
  setDuty(wish: DutyWish): void;
  ask(call: string, what: "answer" | "pick_up" | "hang_up"): void;
  /** About the call itself: a note, another record, a new one, to whom it is passed on. */
  tell(message: AboutCall): void;
  /** The agent writes, or does not any more: meanwhile the card stays. */
  writing(call: string, on: boolean): void;
  dismiss(call: string): void;
  /** Whom the agent looks for, and who was found. */
  search: Search;
  lookFor(text: string): void;
  /** How the sound of a call was; false when the line is down. Stays the same function. */
  measured(call: string, sound: SoundReport): boolean;
  retryNow(): void;
}

export function useDesk(extension: string): DeskHandle {
  const [desk, happen] = useReducer(next, EMPTY);
  const [search, searched] = useReducer(nextSearch, NOTHING);
  const searches = useRef({ made: 0, text: "" });
  const [line, setLine] = useState<Line>({ state: "connecting" });
  const [leads, setLeads] = useState(false);
  const [popBlocked, setPopBlocked] = useState(false);
  const connection = useRef<DeskConnection | null>(null);
  const queries = useQueryClient();
  const lookFor = useCallback((text: string) => {
    const number = searches.current.made + 1;
    searches.current = { made: number, text };
    searched({ what: "typed", text, number });
    connection.current?.send({ t: "search", search: number, text });
  }, []);

  useEffect(() => {
    const over = new AbortController();
    let leading = false;
    const tabs = new BroadcastChannel(`linecard-desk-${extension}`);
    const pops = new Pops({
      leads: () => leading,
      open: openTab,
      send: (message) => {
        connection.current?.send(message);
        if (message.t === "popped") tabs.postMessage(message);
      },
      onBlocked: () => setPopBlocked(true),
      onOpened: () => setPopBlocked(false),
      now: () => performance.now(),
    });
    standForLeader(
      extension,
      (mine) => {
        leading = mine;
        setLeads(mine);
        if (mine) pops.lead();
      },
      over.signal,
    );
    tabs.onmessage = ({ data }: MessageEvent<Up>) => {
      if (data.t === "popped") pops.heard(data.id, data.how);
    };
    connection.current = connectDesk(socketUrl(window.location), {
      onMessage: (message) => {
        if (message.t === "pop") pops.take(message);
        happen({ what: "message", message, now: Date.now() });
        searched({ what: "message", message });
        const { text } = searches.current;
        if (message.t === "hello" && text.trim()) lookFor(text);
      },
      onLine: (changed) => {
        setLine(changed);
        // The line may be lost because the session has ended: then the way is to sign in.
        if (changed.state === "lost") {
          void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
        }
      },
    });
    const clock = setInterval(() => happen({ what: "time", now: Date.now() }), 5_000);
    return () => {
      clearInterval(clock);
      over.abort();
      tabs.close();
      connection.current?.close();
      connection.current = null;
      setLeads(false);
    };
  }, [extension, queries, lookFor]);

  const measured = useCallback(
    (call: string, sound: SoundReport) =>
      connection.current?.send({ t: "sound", call, sound }) ?? false,
    [],
  );

  return {
    desk,
    line,
    leads,
    popBlocked,
    setDuty: (wish) => connection.current?.send({ t: "duty", ...wish }),
    ask: (call, what) => {
      if (connection.current?.send({ t: what, call })) happen({ what: "asked", call, for: what });
    },
    tell: (message) => {
      const { t: what, call } = message;
      if (connection.current?.send(message)) happen({ what: "asked", call, for: what });
    },
    writing: (call, on) => happen({ what: "writing", call, on }),
    dismiss: (call) => happen({ what: "dismissed", call }),
    search,
    lookFor,
    measured,
    retryNow: () => connection.current?.retryNow(),
  };
}

function socketUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/api/v1/desk/socket`;
}
