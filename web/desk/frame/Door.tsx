// Lets those in who are signed in, and shows the page they came for.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "@/api/types";
import { FrontDoor } from "@/session/FrontDoor";
import { sessionQuery } from "@/session/query";
import { setLanguage } from "@/texts/start";
import { Loaded, Loading } from "@/theme/Loaded";
import { DeskPage } from "./DeskPage";

const SignInWays = lazy(async () => {
  const { SignInWays } = await import("@/session/SignInWays");
  return { default: SignInWays };
});
/** Only a demo has one. */
const OutsideLinePage = lazy(async () => {
  const { OutsideLinePage } = await import("../outside-line/OutsideLinePage");
  return { default: OutsideLinePage };
});

export function Door({ path }: { path: string }) {
  const { t, i18n } = useTranslation();
  const session = useQuery(sessionQuery);
  const language = session.data?.account.language;
  useEffect(() => {
    if (language) setLanguage(i18n, language);
  }, [language, i18n]);
  return (
    <Loaded of={session}>
      {(known) =>
        known ? (
          <Inside session={known} path={path} />
        ) : (
          <FrontDoor title={t("session.sign_in")} text={t("session.sign_in_text")}>
            <Suspense fallback={<Loading />}>
              <SignInWays to={path} />
            </Suspense>
          </FrontDoor>
        )
      }
    </Loaded>
  );
}

function Inside({ session, path }: { session: Session; path: string }) {
  const { t } = useTranslation();
  if (path.replace(/\/$/, "").endsWith("/outside-line")) {
    return (
      <Suspense fallback={<Loading />}>
        <OutsideLinePage session={session} />
      </Suspense>
    );
  }
  const { extension } = session.account;
  if (extension) return <DeskPage key={extension} session={session} extension={extension} />;
  return (
    <FrontDoor title={t("session.no_extension")} text={t("session.no_extension_text")}>
      {session.account.role === "admin" ? (
        <Button component="a" href="/extensions">
          {t("session.to_console")}
        </Button>
      ) : null}
    </FrontDoor>
  );
}
