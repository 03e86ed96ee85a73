// Signing in: with a password, or with the link an administrator handed out.
import { Button, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { Session } from "@/api/types";
import { FrontDoor } from "@/session/FrontDoor";
import { sessionQuery } from "@/session/query";
import { SignInForm } from "@/session/SignInForm";
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
      {token ? <ByLink token={token} onSignedIn={enter} /> : <SignInForm onSignedIn={enter} />}
    </FrontDoor>
  );
}

function ByLink({ token, onSignedIn }: { token: string; onSignedIn(session: Session): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const started = useRef(false);
  const signIn = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/session/link", { body: { token } })),
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
    mutate();
  }, [mutate]);
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
