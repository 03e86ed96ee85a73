// A notification of the system while Desk is not in sight.

export interface CallNotice {
  title: string;
  text: string;
  /** One notice per call: a second replaces the first. */
  call: string;
  /** Runs in a click, where a page may open a tab. */
  onClick(): void;
}

/** Call it from a click. Denied or unsupported: Desk works without. */
export async function askToNotify(): Promise<void> {
  if (typeof Notification === "undefined" || Notification.permission !== "default") return;
  await Notification.requestPermission();
}

export function notifyCall({ title, text, call, onClick }: CallNotice): void {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  if (document.visibilityState === "visible") return;
  const notice = new Notification(title, { body: text, tag: call, icon: "/desk/mark.svg" });
  notice.onclick = () => {
    window.focus();
    notice.close();
    onClick();
  };
}
