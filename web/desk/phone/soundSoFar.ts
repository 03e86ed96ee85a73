// Says how the sound of a call has been while it goes on: a page that is closed, or a browser that
// dies, cannot say it when the call is over. Of two reports the server keeps the one of more packets.
import type { SoundReport } from "@/api/desk";

/** What a browser that dies has not told is of this time at most. */
const TELLS_EVERY_MS = 30_000;

/** @returns what ends it */
export function tellsSoundSoFar(
  measured: () => readonly [string, SoundReport][],
  tell: (id: string, sound: SoundReport) => void,
): () => void {
  const tellAll = () => {
    for (const one of measured()) tell(...one);
  };
  const timer = setInterval(tellAll, TELLS_EVERY_MS);
  window.addEventListener("pagehide", tellAll);
  return () => {
    clearInterval(timer);
    window.removeEventListener("pagehide", tellAll);
  };
}
