// Reads the agent's own calls, anew whenever one of them may be over, and keeps which were looked at.
import { useLocalStorage } from "@mantine/hooks";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { CALLS, callsQuery } from "@/api/queries";
import { missedSince, newest, type PastCall, pastCalls } from "./history";

/** More than a morning's; the rest is asked for by who looks. */
const PAGE = 20;
/** A call is kept a moment after its card has ended. */
const KEPT_AFTER_MS = 2_000;

export interface History {
  of: ReturnType<typeof useOwnCalls>;
  calls: PastCall[];
  /** How many were missed since the agent last looked. */
  missed: number;
  /** The agent looks at them now. */
  look(): void;
}

/** @param ended the cards of calls that are over; @param online word of calls comes in;
 * @param masked numbers are hidden from the agent; `null`: not told yet */
export function useHistory(
  extension: string,
  ended: readonly string[],
  online: boolean,
  masked: boolean | null,
): History {
  const client = useQueryClient();
  const of = useOwnCalls(extension, online);
  const wasMasked = useRef(masked);
  useEffect(() => {
    // What was read before numbers were hidden is not shown after.
    if (wasMasked.current !== null && wasMasked.current !== masked) {
      void client.resetQueries({ queryKey: CALLS });
    }
    wasMasked.current = masked;
  }, [client, masked]);
  const over = ended.join();
  useEffect(() => {
    if (!over || !online) return;
    const read = () => void client.invalidateQueries({ queryKey: CALLS });
    read();
    const again = setTimeout(read, KEPT_AFTER_MS);
    return () => clearTimeout(again);
  }, [client, over, online]);
  const calls = useMemo(
    () => pastCalls(of.data?.pages.flatMap((page) => page.calls) ?? [], extension),
    [of.data, extension],
  );
  const [seen, setSeen] = useLocalStorage({
    key: `linecard-desk-seen-${extension}`,
    defaultValue: "",
    getInitialValueInEffect: false,
  });
  // Who never looked in this browser is told of today.
  const [today] = useState(() => new Date(new Date().setHours(0, 0, 0, 0)).toISOString());
  const since = seen || today;
  const look = () => setSeen(newest(calls, since));
  return { of, calls, missed: missedSince(calls, since), look };
}

function useOwnCalls(extension: string, online: boolean) {
  // Who comes back after the line was lost may have missed some.
  return useInfiniteQuery({ ...callsQuery({ extension }, PAGE), enabled: online });
}
