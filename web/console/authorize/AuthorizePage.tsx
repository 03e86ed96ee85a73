// Asks an agent whether a program may act for them: the extension for Chrome, or the companion.
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { Account } from "@/api/types";
import { FrontDoor } from "@/session/FrontDoor";
import { sessionQuery } from "@/session/query";
import { SignInWays } from "@/session/SignInWays";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";

/**
 * What the program put into the address (RFC 6749, 4.1.1; RFC 7636, 4.3), letter for letter: the
 * router would read some of it as numbers.
 */
function asked() {
  const search = new URLSearchParams(window.location.search);
  const said = (name: string) => search.get(name) ?? "";
  return {
    client_id: said("client_id"),
    redirect_uri: said("redirect_uri"),
    code_challenge: said("code_challenge"),
    code_challenge_method: said("code_challenge_method"),
    state: said("state"),
  };
}

export function AuthorizePage() {
  const { t } = useTranslation();
  const [{ client_id }] = useState(asked);
  const here = window.location.pathname + window.location.search;
  const session = useQuery(sessionQuery);
  const account = session.data?.account;
  const ofCompanion = client_id === "companion";
  const question = ofCompanion ? t("devices.authorize_companion") : t("devices.authorize");
  const title = account ? question : t("session.sign_in");
  useEffect(() => {
    document.title = `${title} · ${t("page.product")}`;
  }, [title, t]);
  const text = ofCompanion ? t("devices.authorize_companion_text") : t("devices.authorize_text");
  return (
    <FrontDoor title={title} text={text}>
      <Loaded of={session}>
        {(known) => (known ? <Consent account={known.account} /> : <SignInWays to={here} />)}
      </Loaded>
    </FrontDoor>
  );
}

function Consent({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [wanted] = useState(asked);
  const agree = useMutation({
    mutationFn: (allow: boolean) =>
      answer(api.POST("/api/v1/devices/consent", { body: { ...wanted, allow } })),
    // The server has looked at the address: it is the program's own.
    onSuccess: ({ redirect }) => window.location.replace(redirect),
    onError: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  if (account.extension === null) {
    return (
      <Stack gap={4}>
        <Text fw={600}>{t("devices.no_extension")}</Text>
        <Text>{t("devices.no_extension_text")}</Text>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text fw={600}>{t("devices.as", { name: account.name, extension: account.extension })}</Text>
      <div>
        <Text>{t("devices.may")}</Text>
        <List>
          <List.Item>{t("devices.may_dial")}</List.Item>
          <List.Item>{t("devices.may_pop")}</List.Item>
        </List>
      </div>
      <Text c="dimmed">{t("devices.may_not")}</Text>
      <ProblemNotice error={agree.error} />
      <Group grow>
        <Button variant="default" disabled={agree.isPending} onClick={() => agree.mutate(false)}>
          {t("devices.deny")}
        </Button>
        <Button loading={agree.isPending} onClick={() => agree.mutate(true)}>
          {t("devices.allow")}
        </Button>
      </Group>
    </Stack>
  );
}
