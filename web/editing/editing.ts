// What a form tells of itself to what holds its values, and what its reader may choose there.
import { createContext, useContext, useEffect } from "react";

export interface Editing {
  /** Whether something is typed that is not kept. */
  setChanged(changed: boolean): void;
  /** Drops what is typed for what another has saved. */
  takeTheirs(): Promise<void>;
  /** Saves what is typed over what another has saved. */
  overwrite(): Promise<void>;
}

export const EditingContext = createContext<Editing | null>(null);

/** Tells whether something is typed: meanwhile the form keeps its values. */
export function useUnsaved(changed: boolean): void {
  const editing = useContext(EditingContext);
  useEffect(() => editing?.setChanged(changed), [editing, changed]);
}

/** To be called when what was typed is kept: what is read from then on is the form's again. */
export function useKept(): () => void {
  const editing = useContext(EditingContext);
  return () => editing?.setChanged(false);
}
