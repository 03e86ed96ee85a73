// Says aloud, to those who do not see the screen, what the calls do. One region for all.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "@/api/desk";
import type { ShownCard } from "./desk";
import { useWho } from "./who";

const SENTENCES = {
  ringing: "desk.say_ringing",
  talking: "desk.say_talking",
  ended: "desk.say_ended",
} as const;

export interface AnnouncerProps {
  cards: readonly ShownCard[];
  /** Numbers are hidden: what was said with a number before goes. */
  masked: boolean;
}

export function Announcer({ cards, masked }: AnnouncerProps) {
  const { t } = useTranslation();
  const who = useWho();
  const said = useRef(new Map<string, Card["state"]>());
  const [words, setWords] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it changes
  useEffect(() => setWords(""), [masked]);
  useEffect(() => {
    for (const { card } of cards) {
      if (said.current.get(card.call) === card.state) continue;
      // The name follows in a moment; without it the sentence would be said twice.
      if (card.state === "ringing" && card.lookup === "searching") continue;
      said.current.set(card.call, card.state);
      if (card.state === "ringing" || card.state === "talking" || card.state === "ended") {
        setWords(t(SENTENCES[card.state], { who: who(card) }));
      }
    }
  }, [cards, t, who]);
  return (
    <div role="status" aria-live="polite" className="lc-unseen">
      {words}
    </div>
  );
}
