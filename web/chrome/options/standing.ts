// How things stand with the server: who is signed in, whether it is connected, and what is wrong.
import { ask, type State, type StateChanged } from "../messages";
import { text } from "../texts";
import { element } from "./elements";

const LINK = {
  off: "link_off",
  connecting: "link_connecting",
  up: "link_up",
} as const;

/** A place that always shows how things stand; `changed` hears of each state, the first included. */
export function standing(changed: (state: State) => void): HTMLElement {
  const place = element("div", { className: "standing" });
  place.role = "status";
  const show = (state: State) => {
    place.replaceChildren(...shown(state));
    changed(state);
  };
  chrome.runtime.onMessage.addListener((message: StateChanged) => {
    if (message.kind === "state changed") show(message.state);
  });
  void ask({ kind: "state" }).then(show);
  return place;
}

function shown({ agent, link, problem }: State): HTMLElement[] {
  const line = element("p", { className: "link" }, text(LINK[link]));
  line.dataset.link = link;
  const parts = [line];
  if (agent) parts.push(element("p", {}, who(agent)));
  if (problem) parts.push(element("p", { className: "problem" }, problem));
  return parts;
}

function who({ name, extension }: NonNullable<State["agent"]>): string {
  return extension
    ? text("signed_in_as", name, extension)
    : text("signed_in_without_extension", name);
}
