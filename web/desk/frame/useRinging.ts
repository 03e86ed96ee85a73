// What happens to ears and eyes when a call rings: the tone, the notification, the tab's title.
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { webAddress } from "@/api/webAddress";
import type { ShownCard } from "../cards/desk";
import { useWho } from "../cards/who";
import { notifyCall } from "../duty/notify";
import { Ringer } from "../duty/ringer";
import { openTab } from "../pop/pops";

export interface Ringing {
  /** The browser keeps the page silent until a click. */
  soundBlocked: boolean;
  /** Call it from a click. */
  unlock(): void;
}

/**
 * @param here whether this tab is the one to ring: on duty and leading
 * @param device through which it rings; empty: the system's choice
 */
export function useRinging(cards: readonly ShownCard[], here: boolean, device: string): Ringing {
  const { t } = useTranslation();
  const who = useWho();
  const ringer = useRef<Ringer | null>(null);
  ringer.current ??= new Ringer();
  const [soundBlocked, setSoundBlocked] = useState(true);
  const noticed = useRef(new Set<string>());
  const ringing = cards.find(({ card }) => card.state === "ringing" && card.role === "agent");
  const rings = here && ringing !== undefined;

  useEffect(() => ringer.current?.use(device), [device]);

  useEffect(() => {
    const tone = ringer.current;
    if (!rings || !tone) return;
    tone.start();
    return () => tone.stop();
  }, [rings]);

  useEffect(() => {
    if (!rings || !ringing || noticed.current.has(ringing.card.call)) return;
    // The name is worth waiting for; the ringing phone does not wait anyway.
    if (ringing.card.lookup === "searching") return;
    noticed.current.add(ringing.card.call);
    const page = webAddress(ringing.card.contact?.page);
    notifyCall({
      title: t("desk.notify_title", { who: who(ringing.card) }),
      text: t("desk.notify_text"),
      call: ringing.card.call,
      onClick: () => {
        if (page) openTab(page);
      },
    });
  }, [rings, ringing, t, who]);

  const name = ringing ? who(ringing.card) : null;
  useEffect(() => {
    document.title = name ? `☎ ${name}` : `${t("desk.title")} · ${t("page.product")}`;
  }, [name, t]);

  const unlock = useCallback(() => {
    void ringer.current?.unlock().then(() => setSoundBlocked(ringer.current?.blocked ?? true));
  }, []);
  return { soundBlocked, unlock };
}
