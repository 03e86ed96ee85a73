// The extensions: who has which, how to reach them, and who is invited to Desk.
import { Button, Paper, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { accountsQuery, extensionsQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconRefresh, IconSearch, IconUsers } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { PageHead } from "../shell/PageHead";
import { ExtensionTable } from "./ExtensionTable";
import { matching } from "./matching";

/** Below this a search field is clutter. */
const WORTH_SEARCHING = 9;

export function ExtensionsPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [search, setSearch] = useState("");
  const extensions = useQuery({ ...extensionsQuery, refetchInterval: 5_000 });
  const accounts = useQuery(accountsQuery);
  const discover = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/extensions/discover")),
    onSuccess: (list) => {
      queries.setQueryData(extensionsQuery.queryKey, list);
      notifications.show({ message: t("phone.extensions.discovered"), color: "teal" });
    },
  });
  const button = (
    <Button
      leftSection={<IconRefresh size={17} />}
      loading={discover.isPending}
      onClick={() => discover.mutate()}
    >
      {t("phone.extensions.discover")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("phone.extensions.title")} text={t("phone.extensions.intro")}>
        {extensions.data?.length ? button : null}
      </PageHead>
      <ProblemNotice error={discover.error} />
      <Loaded of={extensions}>
        {(list) =>
          list.length === 0 ? (
            <Empty
              icon={IconUsers}
              title={t("phone.extensions.none")}
              text={t("phone.extensions.none_text")}
            >
              {button}
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
                  extensions={matching(list, search)}
                  accounts={accounts.data ?? []}
                />
              </Paper>
            </>
          )
        }
      </Loaded>
    </>
  );
}
