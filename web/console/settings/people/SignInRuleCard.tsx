// What the organisation asks of a sign-in.
import { Paper, Stack, Switch, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { signInRulesQuery } from "@/api/queries";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function SignInRuleCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const rules = useQuery(signInRulesQuery);
  const keep = useMutation({
    mutationFn: (body: { second_factor_for_admins: boolean; version: number }) =>
      answer(api.PUT("/api/v1/sign-in-rules", { body })),
    onSuccess: (kept) => queries.setQueryData(signInRulesQuery.queryKey, kept),
    // A switch holds nothing that was typed: it shows what there is now.
    onError: () => queries.invalidateQueries({ queryKey: signInRulesQuery.queryKey }),
  });
  return (
    <Paper p="lg">
      <Stack>
        <Title order={2}>{t("people.rule_title")}</Title>
        <Loaded of={rules}>
          {({ second_factor_for_admins, version }) => (
            <Switch
              label={t("people.rule")}
              description={t("people.rule_text")}
              checked={second_factor_for_admins}
              disabled={keep.isPending}
              onChange={(event) =>
                keep.mutate({ second_factor_for_admins: event.currentTarget.checked, version })
              }
            />
          )}
        </Loaded>
        <ProblemNotice error={keep.error} />
      </Stack>
    </Paper>
  );
}
