// Takes extensions over from a spreadsheet, after showing what that changes.
import { Button, FileInput, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { extensionsQuery } from "@/api/queries";
import type { ImportedExtensions } from "@/api/types";
import { CopyBlock } from "@/theme/CopyText";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { decoded, LONGEST_BYTES } from "./csvFile";
import { ImportPreview } from "./ImportPreview";

const send = (csv: string, preview: boolean) =>
  answer(api.POST("/api/v1/extensions/import", { body: { csv, preview } }));

/** How many extensions an import touches. */
export function changing({ lines }: ImportedExtensions): number {
  return lines.filter(({ change }) => change !== "unchanged").length;
}

export function ImportDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const isTooLong = file !== null && file.size > LONGEST_BYTES;
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      const csv = decoded(await chosen.arrayBuffer());
      return { csv, shown: await send(csv, true) };
    },
  });
  const save = useMutation({
    mutationFn: (csv: string) => send(csv, false),
    onSuccess: (done) => {
      onClose();
      notifications.show({
        message: t("imports.done", { count: changing(done) }),
        color: "teal",
      });
      return queries.invalidateQueries({ queryKey: extensionsQuery.queryKey });
    },
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    save.reset();
    if (chosen && chosen.size <= LONGEST_BYTES) preview.mutate(chosen);
  };
  const read = preview.data;
  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={t("imports.title")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <Text fz="sm">{t("imports.text")}</Text>
        {read ? null : <CopyBlock value={t("imports.sample")} label={t("imports.file")} />}
        <FileInput
          label={t("imports.file")}
          placeholder={t("imports.choose")}
          accept=".csv,.txt,text/csv,text/plain"
          value={file}
          onChange={choose}
          error={isTooLong ? t("imports.too_long", { kilobytes: LONGEST_BYTES / 1_000 }) : null}
          data-autofocus
        />
        <ProblemNotice error={preview.error ?? save.error} />
        {read ? <ImportPreview shown={read.shown} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button
            disabled={!read || changing(read.shown) === 0}
            loading={save.isPending || preview.isPending}
            onClick={() => read && save.mutate(read.csv)}
          >
            {t("imports.open")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
