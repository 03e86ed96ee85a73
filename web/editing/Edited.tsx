// What somebody edits stays as it was when they began, whatever is read meanwhile. Two admins meet
// at Save: the second is told of the first, and takes theirs or overwrites it knowingly.
import type { UseQueryResult } from "@tanstack/react-query";
import { Fragment, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Loaded } from "@/theme/Loaded";
import { EditingContext } from "./editing";

interface EditedProps<T> {
  of: Pick<UseQueryResult<T | undefined>, "data" | "error" | "refetch">;
  /** Another one whenever somebody saves. */
  version(read: T): number | string | null | undefined;
  /** The form, of what is held. It begins anew when this is to be another. */
  children(held: T): ReactNode;
}

interface Held<T> {
  value: T;
  /** Counts the beginnings. */
  beginning: number;
}

export function Edited<T>({ of, version, children }: EditedProps<T>) {
  const [held, hold] = useState<Held<T> | null>(null);
  const [changed, setChanged] = useState(false);
  const [overwrites, setOverwrites] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const newest = of.data;
  const isNewer =
    newest !== undefined && (held === null || version(newest) !== version(held.value));
  let shown = held;
  if (isNewer && (held === null || !changed)) {
    shown = { value: newest, beginning: (held?.beginning ?? 0) + 1 };
    hold(shown);
  }
  const { refetch } = of;
  const editing = useMemo(() => {
    /** What is kept now, whatever was read before. */
    const readAnew = async () => {
      const { data, error } = await refetch();
      if (error) throw error;
      return data;
    };
    return {
      setChanged,
      takeTheirs: async () => {
        const theirs = await readAnew();
        if (theirs === undefined) return;
        hold((mine) => ({ value: theirs, beginning: (mine?.beginning ?? 0) + 1 }));
        setChanged(false);
      },
      overwrite: async () => {
        const theirs = await readAnew();
        if (theirs === undefined) return;
        hold((mine) => ({ value: theirs, beginning: mine?.beginning ?? 1 }));
        setOverwrites((count) => count + 1);
      },
    };
  }, [refetch]);
  useEffect(() => {
    // Only now does the form send the version that it overwrites.
    if (overwrites > 0) box.current?.querySelector("form")?.requestSubmit();
  }, [overwrites]);
  if (shown === null) return <Loaded of={of}>{() => null}</Loaded>;
  // What goes on by itself, such as the state of a link, is always the newest.
  const value = newest !== undefined && !isNewer ? newest : shown.value;
  return (
    <EditingContext value={editing}>
      <div ref={box} className="lc-edited">
        <Fragment key={shown.beginning}>{children(value)}</Fragment>
      </div>
    </EditingContext>
  );
}
