// The pickers of extensions, one per CRM user, saved together (B2, B4, B5).
import { Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmUsersQuery } from "@/api/queries";
import type { CrmConnection, CrmUser, Extension, ExtensionGroup } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { IconSearch } from "@/theme/icons";
import { matching } from "../../extensions/matching";
import { SaveRow } from "../settings/SaveRow";
import { AutoBind } from "./AutoBind";
import { bind, bindingsOf, draftOf, groupsOf, same } from "./bindings";
import { UserRow } from "./UserRow";

/** Below this a search field is clutter. */
const WORTH_SEARCHING = 9;

export interface BindingFormProps {
  connection: CrmConnection;
  /** Names the bindings that are shown at first. */
  version: string;
  users: CrmUser[];
  extensions: Extension[];
  groups: ExtensionGroup[];
}

export function BindingForm({ connection, version, users, extensions, groups }: BindingFormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const saved = useMemo(() => draftOf(users), [users]);
  const [draft, setDraft] = useState(saved);
  const [search, setSearch] = useState("");
  const { kind } = connection;
  const kept = useKept();
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT("/api/v1/crm/{kind}/bindings", {
          params: { path: { kind } },
          body: { bindings: bindingsOf(draft), groups: groupsOf(draft), version },
        }),
      ),
    onSuccess: (fresh) => {
      kept();
      queries.setQueryData(crmUsersQuery(kind).queryKey, fresh);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
  });
  const changed = !same(draft, saved);
  useUnsaved(changed);
  const bound = Object.values(draft).filter(({ length }) => length > 0).length;
  return (
    <Stack>
      <Group justify="space-between">
        <Text fz="sm" fw={550}>
          {t("crm.users.bound", { n: String(bound), total: String(users.length) })}
        </Text>
        <Group>
          {users.length >= WORTH_SEARCHING ? (
            <TextInput
              w={260}
              aria-label={t("crm.users.search")}
              placeholder={t("crm.users.search")}
              leftSection={<IconSearch size={16} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          ) : null}
          <AutoBind kind={kind} draft={draft} onAccept={setDraft} />
        </Group>
      </Group>
      {extensions.length === 0 ? <Text fz="sm">{t("crm.users.missing_extensions")}</Text> : null}
      <Stack gap={0}>
        {matching(users, search).map((user) => (
          <UserRow
            key={user.id}
            user={user}
            extensions={extensions}
            groups={groups}
            chosen={draft[user.id] ?? []}
            onChoose={(chosen) => setDraft(bind(draft, user.id, chosen))}
          />
        ))}
      </Stack>
      {/* The pickers stay outside: Enter in them chooses, and saves nothing. */}
      <Stack
        component="form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <SaveRow
          changed={changed}
          busy={save.isPending}
          error={save.error}
          onDiscard={() => setDraft(saved)}
        />
      </Stack>
    </Stack>
  );
}
