// Signing in: with a password, or with the link an administrator handed out.
import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Session } from "@/api/types";
import { FrontDoor } from "@/session/FrontDoor";
import { sessionQuery } from "@/session/query";
import { SignInWays } from "@/session/SignInWays";
import { Loading } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { token, to } = route.useSearch();
  const { t } = useTranslation();
  const router = useRouter();
  const session = useQuery({ ...sessionQuery, enabled: !token });
  const enter = (signedIn: Session) => {
    if (signedIn.account.role === "agent") window.location.replace("/desk/");
    else router.history.replace(ownPath(to));
  };
  const known = session.data;
  useEffect(() => {
    document.title = `${t("session.sign_in")} · ${t("page.product")}`;
  }, [t]);
  const alreadyIn = known && !token;
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaves once, when it is known
  useEffect(() => {
    if (alreadyIn) enter(known);
  }, [alreadyIn]);
  return (
    <FrontDoor title={t("session.sign_in")} text={t("session.sign_in_text")}>
      {token ? (
        <ByLink token={token} onSignedIn={enter} />
      ) : (
        <SignInWays to={ownPath(to)} onSignedIn={enter} />
      )}
    </FrontDoor>
  );
}

function ByLink({ token, onSignedIn }: { token: string; onSignedIn(session: Session): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const started = useRef(false);
  const [code, setCode] = useState("");
  const signIn = useMutation({
    mutationFn: (given: string | null) =>
      answer(api.POST("/api/v1/session/link", { body: { token, code: given } })),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      onSignedIn(session);
    },
  });
  const { mutate } = signIn;
  useEffect(() => {
    // The link works once, and strict mode runs effects twice.
    if (started.current) return;
    started.current = true;
    mutate(null);
  }, [mutate]);
  const wantsCode = useRef(false);
  const problem = signIn.error instanceof Problem ? signIn.error.code : null;
  wantsCode.current ||= problem === "code_needed";
  if (wantsCode.current) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mutate(code.trim());
        }}
      >
        <Stack>
          {problem === "code_needed" ? null : <ProblemNotice error={signIn.error} />}
          <TextInput
            label={t("security.sign_in_code")}
            description={t("security.sign_in_code_hint")}
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!code.trim()} loading={signIn.isPending} fullWidth>
            {t("session.sign_in")}
          </Button>
        </Stack>
      </form>
    );
  }
  if (!signIn.error) return <Loading />;
  return (
    <Stack>
      <ProblemNotice error={signIn.error} title={t("session.link_failed")} />
      <Button component="a" href="/sign-in" variant="default">
        {t("session.link_other_way")}
      </Button>
    </Stack>
  );
}

/** Only a path of this site: `//elsewhere.example` would lead away. */
function ownPath(to: string | undefined): string {
  return to?.startsWith("/") && !/^\/[/\\]/.test(to) ? to : "/";
}
