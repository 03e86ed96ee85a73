// Lets administrators and supervisors into the Console, sends others to where they belong.
import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { setUpQuery } from "@/api/queries";
import { sessionQuery } from "@/session/query";
import { setLanguage } from "@/texts/start";
import { Loaded, Loading } from "@/theme/Loaded";
import { Shell } from "./Shell";

const MustEnrol = lazy(async () => {
  const { MustEnrol } = await import("@/session/security/MustEnrol");
  return { default: MustEnrol };
});

export function Guard() {
  const session = useQuery({ ...sessionQuery, refetchOnWindowFocus: true });
  const { i18n } = useTranslation();
  const account = session.data?.account;
  const language = account?.language;
  useEffect(() => {
    if (language) setLanguage(i18n, language);
  }, [language, i18n]);
  const isAgent = account?.role === "agent";
  useEffect(() => {
    // Agents have no business here; Desk is another build, hence a real navigation.
    if (isAgent) window.location.replace("/desk/");
  }, [isAgent]);
  if (isAgent) return <Loading />;
  return (
    <Loaded of={session}>
      {(known) => {
        if (!known) return <WhereToSignIn />;
        if (!known.must_enrol) return <Shell session={known} />;
        return (
          <Suspense fallback={<Loading />}>
            <MustEnrol />
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
