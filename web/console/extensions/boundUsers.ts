// Whose calls an extension's are, in each CRM that is set up (B7).
import { useQueries, useQuery } from "@tanstack/react-query";
import { crmTilesQuery, crmUsersQuery, extensionGroupsQuery } from "@/api/queries";
import type { CrmUser, ExtensionGroup } from "@/api/types";

/** By extension, the users' names; two CRMs may know the same person under one name. */
export type BoundUsers = ReadonlyMap<string, readonly string[]>;

/**
 * `null`: no CRM is set up. `undefined`: whether one is, is still being read; and so long `of` is
 * missing, who is bound.
 */
export function useBoundUsers(): { of?: BoundUsers } | null | undefined {
  const tiles = useQuery(crmTilesQuery);
  const groups = useQuery(extensionGroupsQuery).data;
  const joined = (tiles.data ?? []).filter(({ status }) => status !== "not_connected");
  const users = useQueries({ queries: joined.map(({ kind }) => crmUsersQuery(kind)) });
  const known = users.flatMap(({ data }) => (data ? [data.users] : []));
  if (tiles.isPending) return undefined;
  if (joined.length === 0) return null;
  if (!groups || known.length < joined.length) return {};
  return { of: boundUsers(known, groups) };
}

/** An extension's own user in a CRM counts before that of a group it is in. */
export function boundUsers(
  crms: readonly (readonly CrmUser[])[],
  groups: readonly ExtensionGroup[],
): BoundUsers {
  const names = new Map<string, string[]>();
  for (const users of crms) {
    const own = new Map<string, string>();
    for (const user of users) {
      const ofGroups = groups.filter(({ id }) => user.groups.includes(id));
      for (const number of ofGroups.flatMap(({ extensions }) => extensions)) {
        own.set(number, user.name);
      }
    }
    for (const user of users) {
      for (const number of user.extensions) own.set(number, user.name);
    }
    for (const [number, name] of own) {
      const before = names.get(number) ?? [];
      if (!before.includes(name)) names.set(number, [...before, name]);
    }
  }
  return names;
}
