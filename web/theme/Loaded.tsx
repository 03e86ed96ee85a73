// A page's three states of reading: not there yet (no flicker), failed with a way out, there.
import { Button, Center, Loader, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./ProblemNotice";

type Read<T> = Pick<UseQueryResult<T>, "data" | "error" | "refetch">;

interface LoadedProps<T> {
  of: Read<T>;
  /** What stands there until the data does; as large as that will be. */
  meanwhile?: ReactNode;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ of, meanwhile, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  // Data that was once read stays when a refresh fails.
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) {
    return (
      <Stack align="flex-start">
        <ProblemNotice error={of.error} />
        <Button variant="default" onClick={() => void of.refetch()}>
          {t("actions.retry")}
        </Button>
      </Stack>
    );
  }
  return meanwhile ?? <Loading />;
}

export function Loading() {
  const { t } = useTranslation();
  return (
    <Center mih={160} className="lc-late" role="status" aria-label={t("page.loading")}>
      <Loader type="dots" />
    </Center>
  );
}
