// Lets those in who are signed in, and shows the page they came for.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
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
const SignInAgain = lazy(async () => {
  const { SignInAgain } = await import("@/session/SignInAgain");
  return { default: SignInAgain };
});
/** Only a demo has one. */
const OutsideLinePage = lazy(async () => {
  const { OutsideLinePage } = await import("../outside-line/OutsideLinePage");
  return { default: OutsideLinePage };
});

export function Door({ path }: { path: string }) {
  const { t, i18n } = useTranslation();
  const session = useQuery({ ...sessionQuery, refetchOnWindowFocus: true });
  const language = session.data?.account.language;
  useEffect(() => {
    if (language) setLanguage(i18n, language);
  }, [language, i18n]);
  // Where somebody is writing, a session that ends leaves the page as it is, below a dialog.
  const [writing, setWriting] = useState(false);
  const last = useRef<Session | null>(null);
  last.current = session.data ?? (writing ? last.current : null);
  return (
    <Loaded of={session}>
      {(known) => {
        const shown = known ?? last.current;
        if (!shown) {
          return (
            <FrontDoor title={t("session.sign_in")} text={t("session.sign_in_text")}>
              <Suspense fallback={<Loading />}>
                <SignInWays to={path} />
              </Suspense>
            </FrontDoor>
          );
        }
        return (
          <>
            <Inside session={shown} path={path} onWriting={setWriting} />
            {known ? null : (
              <Suspense>
                <SignInAgain account={shown.account} />
              </Suspense>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

interface InsideProps {
  session: Session;
  path: string;
  onWriting(writing: boolean): void;
}

function Inside({ session, path, onWriting }: InsideProps) {
  const { t } = useTranslation();
  if (path.replace(/\/$/, "").endsWith("/outside-line")) {
    return (
      <Suspense fallback={<Loading />}>
        <OutsideLinePage session={session} />
      </Suspense>
    );
  }
  const { extension } = session.account;
  if (extension) return <DeskPage key={extension} {...{ session, extension, onWriting }} />;
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
