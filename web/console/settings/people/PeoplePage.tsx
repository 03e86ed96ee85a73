// The people who sign in, and what a sign-in asks for.
import { Button, Paper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountsQuery } from "@/api/queries";
import { sessionQuery } from "@/session/query";
import { IconUserPlus } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { LinkDialog } from "./LinkDialog";
import { PeopleTable } from "./PeopleTable";
import { PersonDialog } from "./PersonDialog";
import { SignInRuleCard } from "./SignInRuleCard";

export function PeoplePage() {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery);
  const own = useQuery(sessionQuery).data?.account.id;
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<{ name: string; link: string } | null>(null);
  return (
    <>
      <PageHead title={t("people.title")} text={t("people.intro")}>
        <Button leftSection={<IconUserPlus size={17} />} onClick={() => setInviting(true)}>
          {t("people.invite")}
        </Button>
      </PageHead>
      <Loaded of={accounts}>
        {(list) => (
          <Paper mb="lg">
            <PeopleTable people={list} own={own} />
          </Paper>
        )}
      </Loaded>
      <SignInRuleCard />
      {inviting ? (
        <PersonDialog
          onClose={() => setInviting(false)}
          onInvited={(name, link) => {
            setInviting(false);
            setInvited({ name, link });
          }}
        />
      ) : null}
      {invited ? <LinkDialog {...invited} onClose={() => setInvited(null)} /> : null}
    </>
  );
}
