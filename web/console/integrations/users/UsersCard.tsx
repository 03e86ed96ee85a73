// The CRM's users and the extensions bound to them.
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmUsersQuery, extensionGroupsQuery, extensionsQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { localeOf } from "@/texts/lookup";
import { IconRefresh } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { BindingForm } from "./BindingForm";
import { SystemUsers } from "./SystemUsers";

export function UsersCard({ connection }: { connection: CrmConnection }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { kind, name } = connection;
  const users = useQuery(crmUsersQuery(kind));
  const extensions = useQuery(extensionsQuery);
  const groups = useQuery(extensionGroupsQuery);
  const refresh = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/crm/{kind}/users/refresh", { params: { path: { kind } } })),
    onSuccess: (fresh) => queries.setQueryData(crmUsersQuery(kind).queryKey, fresh),
  });
  const fetched = users.data?.fetched_at;
  return (
    <Paper p="lg">
      <Stack>
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2}>{t("crm.users.title", { name })}</Title>
            <Text c="dimmed" fz="sm">
              {t("crm.users.text")}
            </Text>
          </div>
          <Stack gap={2} className="lc-users-fetched">
            <Button
              variant="default"
              size="xs"
              leftSection={<IconRefresh size={15} />}
              loading={refresh.isPending}
              onClick={() => refresh.mutate()}
            >
              {t("crm.users.refresh")}
            </Button>
            {fetched ? (
              <Text fz="xs" c="dimmed">
                {t("crm.users.fetched", {
                  time: new Intl.DateTimeFormat(localeOf(i18n), {
                    dateStyle: "medium",
                    timeStyle: "short",
                  }).format(new Date(fetched)),
                })}
              </Text>
            ) : null}
          </Stack>
        </Group>
        <ProblemNotice error={refresh.error} />
        <Edited of={users} version={({ version }) => version}>
          {(read) => {
            const people = read.users.filter((user) => !user.is_system);
            return people.length === 0 ? (
              <Text c="dimmed">{t("crm.users.none_text", { name })}</Text>
            ) : (
              <Loaded of={extensions}>
                {(phones) => (
                  <Loaded of={groups}>
                    {(those) => (
                      <BindingForm
                        connection={connection}
                        version={read.version}
                        users={people}
                        extensions={phones}
                        groups={those}
                      />
                    )}
                  </Loaded>
                )}
              </Loaded>
            );
          }}
        </Edited>
        <SystemUsers crm={name} users={users.data?.users.filter((user) => user.is_system) ?? []} />
      </Stack>
    </Paper>
  );
}
