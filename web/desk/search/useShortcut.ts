// Comes to the search from anywhere: `/`, or Ctrl+K as in many other programs.
import { type RefObject, useEffect } from "react";

export function useShortcut(field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const both = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (event.defaultPrevented || !(both || (slash && !isWriting(event.target)))) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [field]);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
  );
}
