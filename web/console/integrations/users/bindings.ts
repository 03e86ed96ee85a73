// Which CRM user has which extensions, while an admin edits it.
import type { Binding, CrmUser, ProposedBinding } from "@/api/types";

/** CRM user id -> extension numbers. */
export type Draft = Readonly<Record<string, readonly string[]>>;

export function draftOf(users: readonly CrmUser[]): Draft {
  return Object.fromEntries(users.map(({ id, extensions }) => [id, extensions]));
}

/** An extension belongs to one user: taking it here takes it from whoever had it. */
export function bind(draft: Draft, user: string, extensions: readonly string[]): Draft {
  const next = Object.entries(draft).map(([id, had]) => [
    id,
    had.filter((extension) => !extensions.includes(extension)),
  ]);
  return { ...Object.fromEntries(next), [user]: [...extensions] };
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
  return Object.entries(draft).flatMap(([crm_user, extensions]) =>
    extensions.map((extension) => ({ crm_user, extension })),
  );
}

export function same(a: Draft, b: Draft): boolean {
  const flat = (draft: Draft) =>
    bindingsOf(draft)
      .map(({ crm_user, extension }) => `${crm_user} ${extension}`)
      .sort()
      .join("\n");
  return flat(a) === flat(b);
}
