// What is written into the CRM when a call has ended (E7).
import { Paper, Stack, Switch, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmJournalQuery } from "@/api/queries";
import type { CallJournal, CrmConnection } from "@/api/types";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function JournalCard({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const journal = useQuery(crmJournalQuery(connection.kind));
  return (
    <Paper p="lg">
      <Stack>
        <div>
          <Title order={2}>{t("crm.journal.title")}</Title>
          <Text c="dimmed" fz="sm">
            {t("crm.journal.text", { name: connection.name })}
          </Text>
        </div>
        <Loaded of={journal}>
          {(chosen) => <UnansweredSwitch connection={connection} chosen={chosen} />}
        </Loaded>
      </Stack>
    </Paper>
  );
}

interface UnansweredSwitchProps {
  connection: CrmConnection;
  chosen: CallJournal;
}

/** The manuals' option, kept as soon as it is switched; below it, what each choice does. */
function UnansweredSwitch({ connection, chosen }: UnansweredSwitchProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { kind, name } = connection;
  const { queryKey } = crmJournalQuery(kind);
  const keep = useMutation({
    mutationFn: (answering_agent_only: boolean) =>
      answer(
        api.PUT("/api/v1/crm/{kind}/journal", {
          params: { path: { kind } },
          body: { ...chosen, answering_agent_only },
        }),
      ),
    onSuccess: (kept) => {
      queries.setQueryData(queryKey, kept);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
    // Somebody else may have changed it: show what it is now.
    onError: () => queries.invalidateQueries({ queryKey }),
  });
  const on = chosen.answering_agent_only;
  const choices = [
    { label: t("crm.journal.unanswered_off"), text: t("crm.journal.unanswered_off_text"), is: !on },
    {
      label: t("crm.journal.unanswered_on"),
      text: t("crm.journal.unanswered_on_text", { name }),
      is: on,
    },
  ];
  return (
    <Stack gap="sm">
      <ProblemNotice error={keep.error} />
      <Switch
        label={t("crm.journal.unanswered")}
        description={t("crm.journal.unanswered_hint")}
        checked={on}
        disabled={keep.isPending}
        onChange={() => keep.mutate(!on)}
      />
      <dl className="lc-choices">
        {choices.map(({ label, text, is }) => (
          <div key={label} className={is ? "lc-choice lc-chosen" : "lc-choice"}>
            <Text component="dt" fz="sm" fw={600}>
              {label}
            </Text>
            <Text component="dd" m={0} fz="sm" c={is ? undefined : "dimmed"}>
              {text}
            </Text>
          </div>
        ))}
      </dl>
      <Text fz="sm" c="dimmed">
        {t("crm.journal.unanswered_alone")}
      </Text>
    </Stack>
  );
}
