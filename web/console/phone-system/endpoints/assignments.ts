// The map of endpoints as the settings hold it: `PJSIP/alice=106`, one to a line.
import type { PhoneEndpoint } from "@/api/types";

/** What an admin can choose for an endpoint; "found" leaves it to the patterns. */
export type Choice =
  | { owner: "found" | "trunk" | "ignored" }
  | { owner: "extension"; extension: string };

/** Choices by endpoint, in the order of the map. */
export type Assignments = ReadonlyMap<string, Choice>;

const WORDS = { trunk: "trunk", ignored: "ignore" } as const;

export function read(map: string | undefined): Assignments {
  const choices = new Map<string, Choice>();
  for (const pair of (map ?? "").split(/\s+/).filter(Boolean)) {
    const at = pair.lastIndexOf("=");
    if (at > 0) choices.set(pair.slice(0, at), choiceOf(pair.slice(at + 1)));
  }
  return choices;
}

function choiceOf(owner: string): Choice {
  if (owner === WORDS.trunk) return { owner: "trunk" };
  if (owner === WORDS.ignored) return { owner: "ignored" };
  return { owner: "extension", extension: owner };
}

/** The map again, without what is left to the patterns. */
export function written(choices: Assignments): string {
  return [...choices]
    .filter(([, choice]) => choice.owner !== "found")
    .map(([endpoint, choice]) =>
      choice.owner === "extension"
        ? `${endpoint}=${choice.extension.trim()}`
        : `${endpoint}=${choice.owner === "trunk" ? WORDS.trunk : WORDS.ignored}`,
    )
    .join("\n");
}

/** Whether a choice can be saved. */
export function isGood(choice: Choice): boolean {
  return choice.owner !== "extension" || /^[0-9*#]{1,10}$/.test(choice.extension.trim());
}

/** Endpoints for a person to go through: those that belong to nobody first, then by name. */
export function inOrder(endpoints: readonly PhoneEndpoint[]): PhoneEndpoint[] {
  const rank = ({ owner }: PhoneEndpoint) => (owner === "unassigned" ? 0 : 1);
  const byName = new Intl.Collator("en", { numeric: true });
  return [...endpoints].sort((a, b) => rank(a) - rank(b) || byName.compare(a.endpoint, b.endpoint));
}

/** The first names of a list, and how many more there are. */
export function firstNames(endpoints: readonly PhoneEndpoint[]): { names: string; more: number } {
  const names = endpoints.slice(0, 3).map(({ endpoint }) => endpoint);
  return { names: names.join(", "), more: endpoints.length - names.length };
}
