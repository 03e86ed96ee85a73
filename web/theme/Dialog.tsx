// Mantine's dialog, which gives the focus back when it goes. Mantine itself does that only for one that
// stays mounted; ours come and go with what they are about.
import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

/** What opened the dialogs that are open; one of them may follow another. */
const open = new Set<HTMLElement[]>();

export function Dialog(props: ModalProps) {
  const [openers] = useState(openedBy);
  useEffect(() => {
    open.add(openers);
    return () => {
      open.delete(openers);
      // What closed the dialog may have moved the focus on purpose, and the dialog goes after this.
      window.setTimeout(() => {
        if (document.activeElement !== document.body) return;
        openers.find(({ isConnected }) => isConnected)?.focus();
      });
    };
  }, [openers]);
  return <Modal {...props} />;
}

/**
 * What has the focus, and after it what opened the dialogs around that. Of a menu, which is gone by
 * then, the button that opened it.
 */
function openedBy(): HTMLElement[] {
  const focused = document.activeElement;
  const menu = focused?.closest("[role=menu]");
  const button = menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  const opener = button ?? focused;
  const own = opener instanceof HTMLElement && opener !== document.body ? [opener] : [];
  return [...own, ...[...open].flat()];
}
