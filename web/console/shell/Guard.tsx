// Lets administrators and supervisors into the Console, sends others to where they belong.
import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { setUpQuery } from "@/api/queries";
import type { Session } from "@/api/types";
import { sessionQuery } from "@/session/query";
import { setLanguage } from "@/texts/start";
import { Loaded, Loading } from "@/theme/Loaded";
import { Shell } from "./Shell";

const MustEnrol = lazy(async () => {
  const { MustEnrol } = await import("@/session/security/MustEnrol");
  return { default: MustEnrol };
});

const SignInAgain = lazy(async () => {
  const { SignInAgain } = await import("@/session/SignInAgain");
  return { default: SignInAgain };
});

export function Guard() {
  const session = useQuery({ ...sessionQuery, refetchOnWindowFocus: true });
  const { i18n } = useTranslation();
  const account = session.data?.account;
  const language = account?.language;
  useEffect(() => {
    if (language) setLanguage(i18n, language);
  }, [language, i18n]);
  // A session that ends leaves the page as it is, below a dialog: somebody may be typing there.
  const last = useRef<Session | null>(null);
  last.current = session.data ?? last.current;
  const isAgent = account?.role === "agent";
  useEffect(() => {
    // Agents have no business here; Desk is another build, hence a real navigation.
    if (isAgent) window.location.replace("/desk/");
  }, [isAgent]);
  if (isAgent) return <Loading />;
  return (
    <Loaded of={session}>
      {(known) => {
        const shown = known ?? last.current;
        if (!shown) return <WhereToSignIn />;
        return (
          <Suspense fallback={<Loading />}>
            {shown.must_enrol ? <MustEnrol /> : <Shell session={shown} />}
            {known ? null : (
              <Suspense>
                <SignInAgain account={shown.account} />
              </Suspense>
            )}
          </Suspense>
        );
      }}
    </Loaded>
  );
}

function WhereToSignIn() {
  const setUp = useQuery(setUpQuery);
  const { pathname } = useLocation();
  return (
    <Loaded of={setUp}>
      {({ needed }) =>
        needed ? (
          <Navigate to="/set-up" replace />
        ) : (
          <Navigate to="/sign-in" search={pathname === "/" ? {} : { to: pathname }} replace />
        )
      }
    </Loaded>
  );
}
