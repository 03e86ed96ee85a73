// Tries the settings in the form, saved or not, and says what answered.
import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { IconPlug } from "@/theme/icons";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";

export interface Probed {
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

export interface UseProbeProps {
  /** The saved phone system, whose secrets stand in for those left out. */
  id: string | undefined;
  /** What to try, or null where the form has to be mended first. */
  read(): Probed | null;
  onRefused(problem: Problem): void;
}

export function useProbe({ id, read, onRefused }: UseProbeProps) {
  const { t } = useTranslation();
  const probe = useMutation({
    mutationFn: (tried: Probed) =>
      answer(
        api.POST("/api/v1/phone-systems/probe", {
          body: { id: id ?? null, kind: "asterisk", ...tried },
        }),
      ),
    onError: (thrown) => onRefused(Problem.from(thrown)),
  });
  const problem = probe.data?.problem;
  return {
    button: (
      <Button
        variant="default"
        leftSection={<IconPlug size={17} />}
        loading={probe.isPending}
        onClick={() => {
          const tried = read();
          if (tried) probe.mutate(tried);
        }}
      >
        {t("endpoints.test")}
      </Button>
    ),
    result: (
      <Stack gap="sm" aria-live="polite">
        <ProblemNotice error={probe.error} />
        {probe.data?.version ? (
          <Notice title={t("endpoints.test_good", { version: probe.data.version })} />
        ) : null}
        {problem ? (
          <Notice tone="bad" title={t(`phone.problem.${problem.kind}`)} words={problem.words}>
            {t(`phone.problem.${problem.kind}_do`)}
          </Notice>
        ) : null}
      </Stack>
    ),
  };
}
