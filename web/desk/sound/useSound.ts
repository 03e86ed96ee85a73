// The agent's sound devices: what there is, what was chosen, what is used now.
import { useCallback, useEffect, useState } from "react";
import {
  type Choice,
  type Choices,
  choosable,
  readChoices,
  type SoundDevice,
  USES,
  type Use,
  used,
} from "./devices";

/** Of this browser on this machine: another one has other devices. */
const KEPT = "linecard.sound";

export interface SoundHandle {
  devices: readonly SoundDevice[];
  choices: Choices;
  /** The ids that are used now; empty: the system's choice. */
  ids: Readonly<Record<Use, string>>;
  /** The names of what was chosen and is not there. */
  lost: readonly string[];
  /** `null`: the system's choice. */
  choose(use: Use, device: Choice | null): void;
  /** Looks again: the browser may tell more since it was allowed to listen. */
  look(): void;
}

export function useSound(): SoundHandle {
  const [devices, setDevices] = useState<readonly SoundDevice[]>([]);
  const [choices, setChoices] = useState(() => readChoices(localStorage.getItem(KEPT)));

  const look = useCallback(() => {
    // Absent on a page without encryption.
    void navigator.mediaDevices?.enumerateDevices().then((listed) => {
      setDevices(choosable(listed));
    });
  }, []);

  useEffect(() => {
    look();
    const { mediaDevices } = navigator;
    mediaDevices?.addEventListener("devicechange", look);
    return () => mediaDevices?.removeEventListener("devicechange", look);
  }, [look]);

  const choose = (use: Use, device: Choice | null) => {
    const { [use]: _, ...others } = choices;
    const next = device ? { ...others, [use]: { id: device.id, label: device.label } } : others;
    localStorage.setItem(KEPT, JSON.stringify(next));
    setChoices(next);
  };

  const found = USES.map((use) => [use, used(use, choices, devices)] as const);
  const ids = Object.fromEntries(found.map(([use, { id }]) => [use, id])) as Record<Use, string>;
  const lost = [...new Set(found.flatMap(([, one]) => one.lost ?? []))];
  return { devices, choices, ids, lost, choose, look };
}
