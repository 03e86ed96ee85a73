// Which devices an agent speaks, hears and is rung with, and what becomes of that when one is pulled.
// Pure: the browser's list and what was chosen go in.

/** What a device is for. */
export type Use = "microphone" | "speaker" | "ringer";

export const USES: readonly Use[] = ["microphone", "speaker", "ringer"];

export interface SoundDevice {
  id: string;
  label: string;
  takes: "audioinput" | "audiooutput";
}

/** What was chosen. The name is kept, too: a browser gives a device another id now and then. */
export interface Choice {
  id: string;
  label: string;
}

export type Choices = Partial<Record<Use, Choice>>;

/** The system's own choice, which follows what is plugged in. */
export const DEFAULT = "";

/** Chromium lists the system's choice once more under these names. */
const ALIASES = ["", "default", "communications"];

/** The devices that can be chosen: those with a name, which a browser tells after it may listen. */
export function choosable(listed: readonly MediaDeviceInfo[]): SoundDevice[] {
  return listed.flatMap(({ deviceId, label, kind }) => {
    const isReal = kind !== "videoinput" && label !== "" && !ALIASES.includes(deviceId);
    return isReal ? [{ id: deviceId, label, takes: kind }] : [];
  });
}

export function fits(device: SoundDevice, use: Use): boolean {
  return device.takes === (use === "microphone" ? "audioinput" : "audiooutput");
}

/** What is used: an id or the system's choice; `lost` names what was chosen and is not there. */
export interface Used {
  id: string;
  lost: string | null;
}

export function used(use: Use, choices: Choices, devices: readonly SoundDevice[]): Used {
  const choice = choices[use];
  if (!choice) return { id: DEFAULT, lost: null };
  const there = devices.filter((device) => fits(device, use));
  const found =
    there.find(({ id }) => id === choice.id) ?? there.find(({ label }) => label === choice.label);
  // Before the browser tells any names nothing can be said to be gone.
  const lost = !found && devices.length > 0 ? choice.label : null;
  return { id: found?.id ?? DEFAULT, lost };
}

/** What was kept, whatever somebody else may have put there. */
export function readChoices(kept: string | null): Choices {
  try {
    const read: unknown = JSON.parse(kept ?? "{}");
    const choices: Choices = {};
    for (const use of USES) {
      const choice = (read as Record<Use, unknown> | null)?.[use];
      if (isChoice(choice)) choices[use] = { id: choice.id, label: choice.label };
    }
    return choices;
  } catch {
    return {};
  }
}

function isChoice(value: unknown): value is Choice {
  if (typeof value !== "object" || value === null) return false;
  const { id, label } = value as Partial<Choice>;
  return typeof id === "string" && typeof label === "string" && id !== DEFAULT;
}
