// The microphone: asked for when it is needed, and why it cannot be had.

/**
 * Asks for the microphone; rejected where there is none or the person said no.
 * @param device which one; empty: the system's choice, as for one that was pulled meanwhile
 */
export async function microphone(device = ""): Promise<MediaStream> {
  // Absent on a page without encryption, but for one of this very machine.
  if (!navigator.mediaDevices) throw new DOMException("", "SecurityError");
  const audio = device ? { deviceId: { exact: device } } : true;
  try {
    return await navigator.mediaDevices.getUserMedia({ audio, video: false });
  } catch (error) {
    if (device && troubleOf(error) === "missing") return microphone();
    throw error;
  }
}

/** Tries the microphone: `null` when all is well, else what to tell. Call it from a click. */
export async function tryMicrophone(): Promise<MicrophoneTrouble | null> {
  try {
    silence(await microphone());
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

export function silence(sound: MediaStream): void {
  for (const track of sound.getTracks()) track.stop();
}

export type MicrophoneTrouble = "denied" | "missing" | "insecure" | "busy";

/** The names are of the Media Capture specification, 10.3. */
export function troubleOf(error: unknown): MicrophoneTrouble {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "SecurityError":
      return "insecure";
    default:
      return "busy";
  }
}
