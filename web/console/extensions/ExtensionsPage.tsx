// The extensions: who has which, how to reach them, and who is invited to Desk.
import { Button, Group, Paper, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { accountsQuery, extensionsQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconFileImport, IconPlus, IconRefresh, IconSearch, IconUsers } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { Unassigned } from "../phone-system/endpoints/Unassigned";
import { PageHead } from "../shell/PageHead";
import { ExtensionDialog } from "./ExtensionDialog";
import { ExtensionTable } from "./ExtensionTable";
import { GroupsCard } from "./groups/GroupsCard";
import { ImportDialog } from "./ImportDialog";
import { matching } from "./matching";

/** Below this a search field is clutter. */
const WORTH_SEARCHING = 9;

export function ExtensionsPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const extensions = useQuery({ ...extensionsQuery, refetchInterval: 5_000 });
  const accounts = useQuery(accountsQuery);
  const discover = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/extensions/discover")),
    onSuccess: (list) => {
      queries.setQueryData(extensionsQuery.queryKey, list);
      notifications.show({ message: t("phone.extensions.discovered"), color: "teal" });
    },
  });
  const buttons = (
    <>
      <Button
        leftSection={<IconRefresh size={17} />}
        loading={discover.isPending}
        onClick={() => discover.mutate()}
      >
        {t("phone.extensions.discover")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileImport size={17} />}
        onClick={() => setImporting(true)}
      >
        {t("imports.open")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPlus size={17} />}
        onClick={() => setAdding(true)}
      >
        {t("phone.extensions.add")}
      </Button>
    </>
  );
  return (
    <>
      <PageHead title={t("phone.extensions.title")} text={t("phone.extensions.intro")}>
        {extensions.data?.length ? buttons : null}
      </PageHead>
      <ProblemNotice error={discover.error} />
      <Unassigned />
      <Loaded of={extensions}>
        {(list) =>
          list.length === 0 ? (
            <Empty
              icon={IconUsers}
              title={t("phone.extensions.none")}
              text={t("phone.extensions.none_text")}
            >
              <Group justify="center">{buttons}</Group>
            </Empty>
          ) : (
            <>
              {list.length >= WORTH_SEARCHING ? (
                <TextInput
                  mb="md"
                  maw={420}
                  aria-label={t("phone.extensions.search")}
                  placeholder={t("phone.extensions.search")}
                  leftSection={<IconSearch size={16} />}
                  value={search}
                  onChange={(event) => setSearch(event.currentTarget.value)}
                />
              ) : null}
              <Paper>
                <ExtensionTable
                  shown={matching(list, search)}
                  all={list}
                  accounts={accounts.data ?? []}
                />
              </Paper>
              <GroupsCard extensions={list} />
            </>
          )
        }
      </Loaded>
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
      {adding ? (
        <ExtensionDialog extensions={extensions.data ?? []} onClose={() => setAdding(false)} />
      ) : null}
    </>
  );
}
