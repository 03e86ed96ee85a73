// The first step: a file is chosen and sent.
import { Button, FileInput, Paper, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { importsQuery } from "@/api/queries";
import type { ContactImport } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { IconFileImport } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { upload } from "./upload";

export function ChooseFile({
  phonebook,
  onReady,
}: {
  phonebook: string;
  onReady(ready: ContactImport): void;
}) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const send = useMutation({
    mutationFn: (chosen: File) => upload(phonebook, chosen, setShare),
    onSuccess: async (ready) => {
      await queries.invalidateQueries({ queryKey: importsQuery(phonebook).queryKey });
      onReady(ready);
    },
  });
  const percent = new Intl.NumberFormat(localeOf(i18n), { style: "percent" }).format(share);
  return (
    <Paper p="lg">
      <Stack align="flex-start">
        <Text>{t("contact_imports.choose_text")}</Text>
        <FileInput
          w="100%"
          maw={420}
          label={t("contact_imports.file")}
          placeholder={t("imports.choose")}
          accept=".csv,.txt,.vcf,.vcard,text/csv,text/plain,text/vcard"
          leftSection={<IconFileImport size={16} />}
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            send.reset();
          }}
          disabled={send.isPending}
        />
        <ProblemNotice error={send.error} title={t("contact_imports.not_sent")} />
        {send.isPending ? (
          <Stack gap={6} w="100%" maw={420}>
            <Progress
              value={share * 100}
              aria-label={t("contact_imports.sending", { percent })}
              transitionDuration={200}
            />
            <Text fz="sm" c="dimmed">
              {t("contact_imports.sending", { percent })}
            </Text>
          </Stack>
        ) : (
          <Button disabled={!file} onClick={() => file && send.mutate(file)}>
            {send.error ? t("actions.retry") : t("contact_imports.next")}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
