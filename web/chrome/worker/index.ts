// The service worker. Chrome starts it for each event and ends it when nothing happens, so every
// listener is registered here at once, before anything is awaited, and nothing is kept in variables.
import type { Answers, Asked } from "../messages";
import { connection } from "./connection";
import { placesIn } from "./finding";
import { listenForSelections } from "./selection";
import { listenForSites } from "./sites";

connection.listen();
listenForSites();
listenForSelections(connection);

chrome.runtime.onMessage.addListener((asked: Asked, sender, answer) => {
  // Other extensions cannot come here; a content script can, and asks what every page may.
  const fromPage = sender.tab !== undefined && !sender.url?.startsWith(chrome.runtime.getURL(""));
  const answered = fromPage ? answerPage(asked, sender.tab?.url) : answerOwn(asked);
  if (!answered) return false;
  void answered.then(answer);
  return true;
});

/** A page may have texts checked and call; it learns nothing of who is signed in, and where. */
function answerPage(asked: Asked, tab?: string): Promise<Answers[Asked["kind"]]> | null {
  switch (asked.kind) {
    case "check":
      return placesIn(asked.texts);
    case "call":
      // In a frame the address of the whole page says more.
      return connection.call({ ...asked, page: tab ?? asked.page });
    default:
      return null;
  }
}

function answerOwn(asked: Asked): Promise<Answers[Asked["kind"]]> | null {
  switch (asked.kind) {
    case "state":
      return connection.state();
    case "sign in":
      return connection.signIn(asked.server);
    case "sign out":
      return connection.signOut();
    default:
      return answerPage(asked);
  }
}
