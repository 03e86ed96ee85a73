// Asks for a call from the agent's own extension.
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/api/client";

/** Who is called: what was typed or is shown, or the handle of a number that is hidden. */
export type Callee = { number: string } | { handle: string };

export interface DialHandle {
  /** Rings the agent's phone; `callee` is called when it was picked up. */
  call(callee: Callee, onPlaced?: () => void): void;
  /** The request is on its way. */
  pending: boolean;
  /** Why the last one was not taken. */
  error: unknown;
  forget(): void;
}

/** The other side of a call, to be called again; `null`: it shows no number. */
export function calleeOf(shown: { number?: string | null; handle?: string | null }): Callee | null {
  if (shown.handle) return { handle: shown.handle };
  return shown.number ? { number: shown.number } : null;
}

/** @param atSoftphone the softphone in this page is ready: it picks up by itself */
export function useDial(atSoftphone = false): DialHandle {
  const place = useMutation({
    mutationFn: (callee: Callee) =>
      answer(api.POST("/api/v1/desk/calls", { body: { ...callee, auto_answer: atSoftphone } })),
  });
  return {
    call: (callee, onPlaced) => place.mutate(callee, { onSuccess: () => onPlaced?.() }),
    pending: place.isPending,
    error: place.error,
    forget: place.reset,
  };
}
