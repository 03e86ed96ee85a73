// Desk's softphone: signed on while the agent is on duty in the leading tab.
import { useCallback, useEffect, useReducer, useState } from "react";
import type { IceServer, SoundReport } from "@/api/desk";
import type { Devices } from "./lineCall";
import { NO_PHONE, nextPhone, type Phone, type PhoneCall } from "./phone";
import type { Softphone } from "./softphone";

export type Line = Omit<Softphone, "close" | "use" | "findWayBy">;

/** A call at the softphone, and the softphone. */
export interface AtSoftphone {
  call: PhoneCall;
  /** The other call there, if there is one that talks or is held. */
  other: PhoneCall | null;
  line: Line;
}

export interface PhoneHandle {
  phone: Phone;
  /** The softphone itself; `null` while it is off. */
  line: Line | null;
  /** Asks for the microphone now, so that the first call does not have to. Call it from a click. */
  tryMicrophone(): void;
}

/**
 * @param user the softphone's name in SIP; `null`: there is none
 * @param on whether it shall be signed on here
 * @param devices with which it talks
 * @param iceServers by which it finds its way
 * @param onSound is told how the sound of each call was; stays the same function
 */
export function useSoftphone(
  user: string | null,
  on: boolean,
  devices: Devices,
  iceServers: readonly IceServer[],
  onSound: (id: string, sound: SoundReport) => void,
): PhoneHandle {
  const [phone, happen] = useReducer(nextPhone, NO_PHONE);
  const [line, setLine] = useState<Softphone | null>(null);

  // Who goes on a break while talking is not cut off.
  const talks = phone.calls.length > 0;
  const stays = on || talks;

  useEffect(() => {
    if (!user || !stays) return;
    let over = false;
    let mine: Softphone | null = null;
    happen({ what: "opens" });
    const url = sipUrl(window.location);
    void import("./softphone")
      .then(({ openSoftphone }) =>
        openSoftphone(url, user, (event) => {
          if (over) return;
          happen(event);
          if (event.what === "over" && event.sound) onSound(event.id, event.sound);
        }),
      )
      .then((opened) => {
        if (over) return opened.close();
        mine = opened;
        setLine(opened);
      });
    return () => {
      over = true;
      mine?.close();
      setLine(null);
      happen({ what: "off" });
    };
  }, [user, stays, onSound]);

  const { microphone, speaker } = devices;
  useEffect(() => line?.use({ microphone, speaker }), [line, microphone, speaker]);
  useEffect(() => line?.findWayBy(iceServers), [line, iceServers]);

  useEffect(() => {
    if (!talks) return;
    // A reload would cut the caller off: the browser asks first.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [talks]);

  const tryMicrophone = useCallback(() => {
    if (!user) return;
    void import("./microphone")
      .then((part) => part.tryMicrophone())
      .then((trouble) =>
        happen(trouble ? { what: "no_microphone", trouble } : { what: "microphone_works" }),
      );
  }, [user]);

  return { phone, line, tryMicrophone };
}

function sipUrl({ protocol, host }: Location): string {
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/sip`;
}
