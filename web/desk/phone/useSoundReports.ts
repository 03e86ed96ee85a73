// Says how the sound of each call was, when it is over and as soon as the server can be told.
import { useCallback, useEffect, useRef } from "react";
import type { SoundReport } from "@/api/desk";
import type { PhoneCall } from "./phone";

export interface SoundReports {
  /** A call of the softphone is over. */
  take(id: string, sound: SoundReport): void;
  /** So far, of a call that goes on: said now or not at all. Stays the same function. */
  takeSoFar(id: string, sound: SoundReport): void;
  /** Which card each of the softphone's calls has: a call that is over has none any more. */
  follow(byCard: ReadonlyMap<string, PhoneCall>): void;
}

/** @param tell false when the line is down and nothing was said; stays the same function */
export function useSoundReports(
  tell: (call: string, sound: SoundReport) => boolean,
  isOpen: boolean,
): SoundReports {
  const cards = useRef(new Map<string, string>());
  const waiting = useRef<[string, SoundReport][]>([]);
  const send = useCallback(() => {
    waiting.current = waiting.current.filter((one) => !tell(...one));
  }, [tell]);
  useEffect(() => {
    if (isOpen) send();
  }, [isOpen, send]);

  return {
    take: useCallback(
      (id, sound) => {
        const call = cards.current.get(id);
        cards.current.delete(id);
        if (!call) return;
        waiting.current.push([call, sound]);
        send();
      },
      [send],
    ),
    takeSoFar: useCallback(
      (id, sound) => {
        const call = cards.current.get(id);
        if (call) tell(call, sound);
      },
      [tell],
    ),
    follow: useCallback((byCard) => {
      for (const [call, { id }] of byCard) cards.current.set(id, call);
    }, []),
  };
}
