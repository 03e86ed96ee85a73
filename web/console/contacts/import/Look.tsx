// The second step: what the rows would become, before anything is written.
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { importsQuery } from "@/api/queries";
import type { ContactImport, ImportPlan, ImportPreview } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { Loaded } from "@/theme/Loaded";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ColumnTable } from "./ColumnTable";
import { PlanFields } from "./PlanFields";
import { SampleTable } from "./SampleTable";

export function Look({ of, onLeave }: { of: ContactImport; onLeave(): void }) {
  const { id } = of;
  const [chosen, setChosen] = useState<ImportPlan | null>(null);
  const preview = useQuery({
    queryKey: ["imports", id, "preview", chosen],
    queryFn: () =>
      answer(
        api.POST("/api/v1/imports/{id}/preview", {
          params: { path: { id } },
          body: { plan: chosen },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded of={preview}>
      {(shown) => (
        <Stack>
          <ProblemNotice error={preview.error} />
          <Shown
            of={of}
            preview={shown}
            busy={preview.isFetching}
            onChange={setChosen}
            onLeave={onLeave}
          />
        </Stack>
      )}
    </Loaded>
  );
}

interface ShownProps {
  of: ContactImport;
  preview: ImportPreview;
  busy: boolean;
  onChange(plan: ImportPlan): void;
  onLeave(): void;
}

function Shown({ of: { id, phonebook, file_name }, preview, busy, onChange, onLeave }: ShownProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { plan, fault } = preview;
  const reread = () => queries.invalidateQueries({ queryKey: importsQuery(phonebook).queryKey });
  const start = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/imports/{id}/start", { params: { path: { id } }, body: plan })),
    onSuccess: reread,
  });
  const discard = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/imports/{id}", { params: { path: { id } } })),
    onSuccess: async () => {
      await reread();
      onLeave();
    },
  });
  return (
    <>
      <Paper p="lg">
        <Stack>
          <Text fw={600} className="lc-wrap">
            {file_name}
          </Text>
          <PlanFields preview={preview} onChange={onChange} />
        </Stack>
      </Paper>
      {preview.format === "csv" ? (
        <Paper>
          <ColumnTable preview={preview} onChange={onChange} />
        </Paper>
      ) : null}
      {fault ? (
        <Notice tone="warn" title={textOr(t, "problems", fault, t("problems.refused"))} />
      ) : (
        <>
          <Counts preview={preview} />
          <Paper>
            <SampleTable rows={preview.rows} />
          </Paper>
        </>
      )}
      <ProblemNotice error={start.error ?? discard.error} />
      <Group>
        <Button
          disabled={fault !== null || preview.good === 0 || busy}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("contact_imports.start")}
        </Button>
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          {t("contact_imports.discard")}
        </Button>
      </Group>
    </>
  );
}

function Counts({ preview: { about, looked_at, good, bad, alike } }: { preview: ImportPreview }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(localeOf(i18n), { maximumSignificantDigits: 3 });
  const parts = [
    about > looked_at
      ? t("contact_imports.about", { rows: number.format(about), looked: looked_at })
      : t("contact_imports.rows", { count: looked_at }),
    t("contact_imports.good", { count: good }),
    ...(alike > 0 ? [t("contact_imports.alike", { count: alike })] : []),
    ...(bad > 0 ? [t("contact_imports.bad", { count: bad })] : []),
  ];
  return <Text role="status">{parts.join(" · ")}</Text>;
}
