// The last step: what came of it, which rows were not taken, and a way back.
import { Anchor, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { importsQuery, phonebooksQuery } from "@/api/queries";
import type { ContactImport } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { AskDialog } from "@/theme/AskDialog";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { ImportCounts } from "./ImportCounts";
import { RefusedRows } from "./RefusedRows";

const TONES = { failed: "bad", cancelled: "warn" } as const;

export function Result({ of, onLeave }: { of: ContactImport; onLeave(): void }) {
  const { t } = useTranslation();
  const { id, phonebook, file_name, state, problem, words, added, skipped, refused, unlisted } = of;
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  // The contacts that were read before are others now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each end of each import counts
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
  }, [queries, id, state, unlisted === 0]);
  const reread = () => {
    setAsking(false);
    return queries.invalidateQueries({ queryKey: phonebooksQuery.queryKey });
  };
  const undo = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/imports/{id}/undo", { params: { path: { id } } })),
    onSuccess: reread,
  });
  const resume = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/imports/{id}/resume", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: importsQuery(phonebook).queryKey }),
  });
  const tone = state === "failed" || state === "cancelled" ? TONES[state] : "info";
  return (
    <>
      <Notice tone={tone} title={t(`contact_imports.state.${state}`)} words={words}>
        <Stack gap={6}>
          <Text fz="sm" className="lc-wrap">
            {file_name}
          </Text>
          <ImportCounts of={of} />
          {problem ? textOr(t, "contact_imports.problem", problem, problem) : null}
          {state === "cancelled" ? t("contact_imports.cancelled_text") : null}
          {unlisted > 0 ? <span>{t("contact_imports.unlisted")}</span> : null}
        </Stack>
      </Notice>
      <ProblemNotice error={resume.error} />
      <Group>
        <Button
          renderRoot={(props) => <Link to="/contacts/$id" params={{ id: phonebook }} {...props} />}
        >
          {t("contact_imports.to_contacts")}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t("contact_imports.another")}
        </Button>
        {state === "failed" ? (
          <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
            {t("contact_imports.resume")}
          </Button>
        ) : null}
        {state !== "undone" && added > 0 ? (
          <Button variant="default" color="red" onClick={() => setAsking(true)}>
            {t("contact_imports.undo")}
          </Button>
        ) : null}
      </Group>
      {refused + skipped > 0 ? (
        <Paper>
          <Group justify="space-between" p="lg" pb="xs">
            <Text fw={600}>{t("contact_imports.refused_title")}</Text>
            <Anchor href={`/api/v1/imports/${id}/refused.csv`} download fz="sm">
              {t("contact_imports.download")}
            </Anchor>
          </Group>
          <RefusedRows id={id} />
        </Paper>
      ) : null}
      <AskDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("contact_imports.undo_title", { count: added })}
        confirm={t("contact_imports.undo")}
        danger
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate()}
      >
        {t("contact_imports.undo_text")}
      </AskDialog>
    </>
  );
}
