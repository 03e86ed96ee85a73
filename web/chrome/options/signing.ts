// Signing in and out.
import { ask, type State } from "../messages";
import { text } from "../texts";
import { element } from "./elements";

/** The form, and what shows it a new state. */
export function signing(): { form: HTMLFormElement; show(state: State): void } {
  const server = element("input", {
    type: "text",
    id: "server",
    inputMode: "url",
    spellcheck: false,
  });
  const hint = element("span", { className: "quiet", id: "server-hint" }, text("server_hint"));
  server.setAttribute("aria-describedby", "server-hint server-problem");
  const problem = element("p", { className: "problem", id: "server-problem" });
  problem.role = "alert";
  const enter = element("button", { type: "submit" }, text("sign_in"));
  const leave = element("button", { type: "button", className: "second" }, text("sign_out"));
  const form = element(
    "form",
    { noValidate: true },
    element(
      "div",
      { className: "field" },
      element("label", { htmlFor: "server" }, text("server")),
      server,
    ),
    enter,
    leave,
    hint,
    problem,
  );

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void during(enter, async () => {
      problem.textContent = "";
      if (!server.value.trim()) {
        problem.textContent = text("server_missing");
        server.focus();
        return;
      }
      const done = await ask({ kind: "sign in", server: server.value.trim() });
      if (!done.ok) problem.textContent = done.words;
    });
  });
  leave.addEventListener("click", () => {
    void during(leave, async () => {
      const done = await ask({ kind: "sign out" });
      problem.textContent = done.ok ? "" : done.words;
    });
  });

  return {
    form,
    show({ server: address, managed, agent }) {
      server.readOnly = managed || agent !== null;
      if (address !== null && document.activeElement !== server) server.value = address;
      hint.textContent = text(managed ? "server_managed" : "server_hint");
      enter.hidden = agent !== null;
      leave.hidden = agent === null;
    },
  };
}

/** A second click while the first is under way would begin it twice. */
async function during(button: HTMLButtonElement, deed: () => Promise<void>): Promise<void> {
  button.disabled = true;
  await deed().finally(() => {
    button.disabled = false;
  });
}
