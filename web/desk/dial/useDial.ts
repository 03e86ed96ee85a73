// Asks for a call from the agent's own extension.
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "@/api/client";

export interface DialHandle {
  /** Rings the agent's phone; `number` is called when it was picked up. */
  call(number: string, onPlaced?: () => void): void;
  /** The request is on its way. */
  pending: boolean;
  /** Why the last one was not taken. */
  error: unknown;
  forget(): void;
}

export function useDial(): DialHandle {
  const place = useMutation({
    mutationFn: (number: string) => answer(api.POST("/api/v1/desk/calls", { body: { number } })),
  });
  return {
    call: (number, onPlaced) => place.mutate(number, { onSuccess: () => onPlaced?.() }),
    pending: place.isPending,
    error: place.error,
    forget: place.reset,
  };
}
