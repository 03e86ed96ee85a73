// Calls what somebody has selected or right-clicked in any page, also where no numbers are looked for:
// the deed itself lets the extension see this one page.
import { read } from "../kept";
import type { Call } from "../messages";
import { numbersIn } from "../numbers/numbers";
import { numberOf } from "../page/links";
import { text } from "../texts";
import type { Connection } from "./connection";

const SELECTION = "call selection";
const LINK = "call link";
/** Nobody selects a longer number. */
const LONGEST = 60;
/** A colleague's extension or whatever the phone system knows; the server reads it. */
const DIALLED = /^[+\d*#(][\d\s().\-/*#]{1,29}$/;

export function listenForSelections(connection: Connection): void {
  chrome.runtime.onInstalled.addListener(() => {
    chrome.contextMenus.removeAll(() => {
      chrome.contextMenus.create({
        id: SELECTION,
        title: text("menu_call_selection"),
        contexts: ["selection"],
      });
      chrome.contextMenus.create({
        id: LINK,
        title: text("menu_call_link"),
        contexts: ["link"],
        targetUrlPatterns: ["tel:*", "callto:*"],
      });
    });
  });

  chrome.contextMenus.onClicked.addListener((clicked) => {
    const link = clicked.menuItemId === LINK ? numberOf(clicked.linkUrl ?? "") : null;
    const page = clicked.pageUrl ?? "";
    if (link) void calls(connection, { kind: "call", ...link, page });
    else void callsSelected(connection, clicked.selectionText ?? "", page);
  });

  chrome.commands.onCommand.addListener((command, tab) => {
    if (command === "call-selection" && tab?.id !== undefined) {
      void selectedIn(tab.id).then((selected) =>
        callsSelected(connection, selected, tab.url ?? ""),
      );
    }
  });
}

/** What is selected in the frame that has the keyboard. */
async function selectedIn(tabId: number): Promise<string> {
  const answers = await chrome.scripting
    .executeScript({
      target: { tabId, allFrames: true },
      func: () => (document.hasFocus() ? (getSelection()?.toString() ?? "") : ""),
    })
    // Chrome's own pages let nobody in.
    .catch(() => []);
  // The outer frames have the focus, too; the selection is in one of them.
  return answers.map(({ result }) => result ?? "").find((selected) => selected.trim()) ?? "";
}

async function callsSelected(connection: Connection, selected: string, page: string) {
  const number = selectedNumber(selected, await read("country"));
  if (number) await calls(connection, { kind: "call", ...number, page });
  else await tells(text("no_number_selected"));
}

/** The number in what somebody selected, short ones too: it was meant to be one. */
export function selectedNumber(
  selected: string,
  country: string | null,
): Pick<Call, "number" | "extension"> | null {
  const written = selected.trim().slice(0, LONGEST);
  const [found] = numbersIn(written, country);
  if (found) return { number: found.number, extension: found.extension };
  return DIALLED.test(written) ? { number: written, extension: null } : null;
}

async function calls(connection: Connection, call: Call): Promise<void> {
  const done = await connection.call(call);
  if (!done.ok) await tells(done.words);
}

/** There is no place in the page to say it at: these deeds work where no script of ours runs. */
async function tells(words: string): Promise<void> {
  await chrome.notifications.create({
    type: "basic",
    iconUrl: "icons/128.png",
    title: text("not_called"),
    message: words,
  });
}
