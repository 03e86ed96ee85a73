// Which CRM user has which extensions, while an admin edits it.
import type { Binding, CrmUser, ProposedBinding } from "@/api/types";

/** CRM user id -> what is chosen for the user: extension numbers, and groups as {@link ofGroup}. */
export type Draft = Readonly<Record<string, readonly string[]>>;

/** No extension begins so. */
const GROUP = "group ";

/** A group of extensions among extension numbers. */
export const ofGroup = (id: string): string => `${GROUP}${id}`;

export function draftOf(users: readonly CrmUser[]): Draft {
  return Object.fromEntries(
    users.map(({ id, extensions, groups }) => [id, [...groups.map(ofGroup), ...extensions]]),
  );
}

/** Each belongs to one user: taking it here takes it from whoever had it. */
export function bind(draft: Draft, user: string, chosen: readonly string[]): Draft {
  const next = Object.entries(draft).map(([id, had]) => [
    id,
    had.filter((one) => !chosen.includes(one)),
  ]);
  return { ...Object.fromEntries(next), [user]: [...chosen] };
}

/** Adds what auto-bind proposes to what is bound already. */
export function accept(draft: Draft, proposed: readonly ProposedBinding[]): Draft {
  return proposed.reduce(
    (so_far, { crm_user, extension }) =>
      bind(so_far, crm_user, [
        ...(so_far[crm_user] ?? []).filter((had) => had !== extension),
        extension,
      ]),
    draft,
  );
}

export function bindingsOf(draft: Draft): Binding[] {
  return Object.entries(draft).flatMap(([crm_user, chosen]) =>
    chosen.filter((one) => !one.startsWith(GROUP)).map((extension) => ({ crm_user, extension })),
  );
}

export function groupsOf(draft: Draft): { crm_user: string; group: string }[] {
  return Object.entries(draft).flatMap(([crm_user, chosen]) =>
    chosen
      .filter((one) => one.startsWith(GROUP))
      .map((one) => ({ crm_user, group: one.slice(GROUP.length) })),
  );
}

export function same(a: Draft, b: Draft): boolean {
  const flat = (draft: Draft) =>
    Object.entries(draft)
      .flatMap(([user, chosen]) => chosen.map((one) => `${user} ${one}`))
      .sort()
      .join("\n");
  return flat(a) === flat(b);
}
