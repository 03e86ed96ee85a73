// The people who sign in, and what a sign-in asks for.
import { Button, Group, Paper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountsQuery } from "@/api/queries";
import type { Account } from "@/api/types";
import { sessionQuery } from "@/session/query";
import { IconUserPlus } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { LinkDialog } from "./LinkDialog";
import { ListDialog } from "./ListDialog";
import { PeopleTable } from "./PeopleTable";
import { PersonDialog } from "./PersonDialog";
import { SignInRuleCard } from "./SignInRuleCard";

const isAnyOnItsWay = (people: Account[] | undefined) =>
  (people ?? []).some(({ invitation }) => invitation.mail?.state === "waiting");

export function PeoplePage() {
  const { t } = useTranslation();
  const accounts = useQuery({
    ...accountsQuery,
    // A mail that is on its way is looked after until it has arrived somewhere.
    refetchInterval: ({ state }) => (isAnyOnItsWay(state.data) ? 3_000 : false),
  });
  const own = useQuery(sessionQuery).data?.account.id;
  const [inviting, setInviting] = useState<"one" | "list" | null>(null);
  const [invited, setInvited] = useState<{ name: string; link: string } | null>(null);
  return (
    <>
      <PageHead title={t("people.title")} text={t("people.intro")}>
        <Group gap="sm">
          <Button variant="default" onClick={() => setInviting("list")}>
            {t("invitations.list.open")}
          </Button>
          <Button leftSection={<IconUserPlus size={17} />} onClick={() => setInviting("one")}>
            {t("people.invite")}
          </Button>
        </Group>
      </PageHead>
      <Loaded of={accounts}>
        {(list) => (
          <Paper mb="lg">
            <PeopleTable people={list} own={own} />
          </Paper>
        )}
      </Loaded>
      <SignInRuleCard />
      {inviting === "one" ? (
        <PersonDialog
          onClose={() => setInviting(null)}
          onInvited={(name, link) => {
            setInviting(null);
            setInvited({ name, link });
          }}
        />
      ) : null}
      {inviting === "list" ? <ListDialog onClose={() => setInviting(null)} /> : null}
      {invited ? <LinkDialog {...invited} onClose={() => setInvited(null)} /> : null}
    </>
  );
}
