// Where something stands still since a restore, admins see what, and let it go on. Fetched only then.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import type { HealthProblem } from "@/api/types";
import { sessionQuery } from "@/session/query";

const PausedCard = lazy(async () => {
  const { PausedCard } = await import("./PausedCard");
  return { default: PausedCard };
});

export function Paused({ problems }: { problems: HealthProblem[] }) {
  const isAdmin = useQuery(sessionQuery).data?.account.role === "admin";
  const isPaused = problems.some((it) => it.trouble === "paused" || it.link === "paused");
  if (!isPaused || !isAdmin) return null;
  return (
    <Suspense>
      <PausedCard />
    </Suspense>
  );
}
