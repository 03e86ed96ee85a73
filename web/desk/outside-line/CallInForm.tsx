// An outside caller rings an extension, a group or a queue.
import { Autocomplete, Button, Checkbox, Paper, Select, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { demoQuery } from "@/api/queries";
import type { DemoTarget } from "@/api/types";
import { IconPhoneIncoming } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { type Caller, callerText, numberIsGood, numberOf } from "./number";

const KINDS = ["extension", "group", "queue"] as const;

export function CallInForm({ callers, targets }: { callers: Caller[]; targets: DemoTarget[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [caller, setCaller] = useState(() => (callers[0] ? callerText(callers[0]) : ""));
  const [withheld, setWithheld] = useState(false);
  const [to, setTo] = useState<string | null>(targets[0]?.number ?? null);
  const [wrong, setWrong] = useState(false);
  const call = useMutation({
    mutationFn: (body: { from: string; to: string }) =>
      answer(api.POST("/api/v1/demo/calls", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: demoQuery.queryKey }),
  });
  const from = withheld ? "" : numberOf(caller, callers);
  return (
    <Paper p="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const bad = !withheld && !numberIsGood(from);
          setWrong(bad);
          if (!bad && to) call.mutate({ from, to });
        }}
      >
        <Stack>
          <ProblemNotice error={call.error} />
          <Autocomplete
            label={t("outside.caller")}
            description={t("outside.caller_hint")}
            data={[...new Set(callers.map(callerText))]}
            // Opened on a picked caller the list still offers everybody.
            filter={({ options, search }) =>
              callers.some((one) => callerText(one) === search)
                ? options
                : options.filter(
                    (option) =>
                      "label" in option &&
                      option.label.toLowerCase().includes(search.trim().toLowerCase()),
                  )
            }
            value={caller}
            onChange={(text) => {
              setCaller(text);
              setWrong(false);
            }}
            disabled={withheld}
            error={wrong ? t("outside.bad_number") : undefined}
          />
          <Checkbox
            label={t("outside.withheld")}
            checked={withheld}
            onChange={(event) => setWithheld(event.currentTarget.checked)}
          />
          <Select
            label={t("outside.to")}
            description={t("outside.to_hint")}
            data={KINDS.map((kind) => ({
              group: t(`outside.kind.${kind}`),
              items: targets
                .filter((target) => target.kind === kind)
                .map(({ number, name }) => ({
                  value: number,
                  label: [number, name].filter(Boolean).join(" "),
                })),
            })).filter(({ items }) => items.length > 0)}
            value={to}
            onChange={setTo}
            allowDeselect={false}
            searchable
          />
          <Button
            type="submit"
            leftSection={<IconPhoneIncoming size={18} />}
            loading={call.isPending}
            disabled={!to}
          >
            {t("outside.call")}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
