// Invites the people of a list, after showing who of them can be: by mail, or with links to hand over.
import { Button, FileInput, Group, Select, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { accountsQuery, mailQuery } from "@/api/queries";
import type { Language } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { CopyBlock } from "@/theme/CopyText";
import { Dialog } from "@/theme/Dialog";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { saveText } from "../../shell/saveFile";
import { LOADED_ANEW } from "./again";
import { ListPreview } from "./ListPreview";

/** What the server takes. */
const LONGEST_BYTES = 1_000_000;

interface How {
  preview: boolean;
  mail: boolean;
  language: Language;
}

const send = (file: File, query: How) =>
  answer(
    api.POST("/api/v1/accounts/import", {
      params: { query },
      headers: { "Content-Type": "application/octet-stream" },
      // The document knows bytes as text; what is sent are the bytes themselves.
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as Blob,
    }),
  );

export function ListDialog({ onClose }: { onClose(): void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const hasMail = Boolean(useQuery(mailQuery).data?.server);
  const [file, setFile] = useState<File | null>(null);
  const [language, setLanguage] = useState<Language>(localeOf(i18n) === "zh-CN" ? "zh-CN" : "en");
  const isTooLong = file !== null && file.size > LONGEST_BYTES;
  const preview = useMutation({
    mutationFn: (chosen: File) => send(chosen, { preview: true, mail: false, language }),
  });
  const invite = useMutation({
    mutationFn: (how: { list: File; mail: boolean }) =>
      send(how.list, { preview: false, mail: how.mail, language }),
    onSuccess: async ({ people, links }) => {
      if (links === null) {
        onClose();
        const message = t("invitations.list.mailed", { count: people.length });
        notifications.show({ message, color: "teal" });
      }
      await queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: LOADED_ANEW });
    },
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    invite.reset();
    if (chosen && chosen.size <= LONGEST_BYTES) preview.mutate(chosen);
  };
  const shown = preview.data;
  const links = invite.data?.links;
  const canInvite = file !== null && shown !== undefined && shown.people.length > 0;
  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      closeOnClickOutside={!links}
      title={t("invitations.list.title")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      {links ? (
        <Stack>
          <Text fw={600} role="status">
            {t("invitations.list.made", { count: invite.data?.people.length ?? 0 })}
          </Text>
          <Text fz="sm">{t("invitations.list.links_text")}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("invitations.list.done")}
            </Button>
            <Button onClick={() => saveText(links, "text/csv", "linecard-links.csv")}>
              {t("invitations.list.download")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <Text fz="sm">{t("invitations.list.text")}</Text>
          {shown ? null : (
            <CopyBlock value={t("invitations.list.sample")} label={t("invitations.list.file")} />
          )}
          <FileInput
            label={t("invitations.list.file")}
            placeholder={t("invitations.list.choose")}
            accept=".csv,.txt,text/csv,text/plain"
            value={file}
            onChange={choose}
            error={isTooLong ? t("invitations.list.too_long") : null}
            data-autofocus
          />
          <Select
            label={t("invitations.list.language")}
            data={[
              { value: "en", label: t("session.english") },
              { value: "zh-CN", label: t("session.chinese") },
            ]}
            allowDeselect={false}
            value={language}
            onChange={(chosen) => setLanguage(chosen as Language)}
          />
          <ProblemNotice error={preview.error ?? invite.error} />
          {shown ? <ListPreview shown={shown} /> : null}
          {hasMail ? null : (
            <Text fz="sm" c="dimmed">
              {t("invitations.no_mail")}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("actions.cancel")}
            </Button>
            <Button
              variant={hasMail ? "default" : "filled"}
              disabled={!canInvite}
              loading={invite.isPending || preview.isPending}
              onClick={() => file && invite.mutate({ list: file, mail: false })}
            >
              {t("invitations.list.make_links")}
            </Button>
            {hasMail ? (
              <Button
                disabled={!canInvite}
                loading={invite.isPending || preview.isPending}
                onClick={() => file && invite.mutate({ list: file, mail: true })}
              >
                {t("invitations.list.mail_them")}
              </Button>
            ) : null}
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
