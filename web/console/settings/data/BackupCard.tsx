// Makes a backup: asks who is there once more, and for the passphrase that locks the file.
import { Button, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { sessionQuery } from "@/session/query";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { saveFile } from "../../shell/saveFile";

const EMPTY = { password: "", code: "", passphrase: "", again: "" };

export function BackupCard() {
  const { t } = useTranslation();
  const hasCode = useQuery(sessionQuery).data?.account.second_factor ?? false;
  const form = useForm({
    initialValues: EMPTY,
    validate: {
      password: (value) => (value ? null : t("problems.required")),
      code: (value) => (value.trim() || !hasCode ? null : t("problems.required")),
      passphrase: (value) => (value ? null : t("problems.required")),
      again: (value, { passphrase }) => (value === passphrase ? null : t("data.backup.differ")),
    },
  });
  const make = useMutation({
    mutationFn: ({ password, code, passphrase }: typeof EMPTY) =>
      download({ password, code: code.trim() || null, passphrase }),
    onSuccess: () => {
      form.reset();
      notifications.show({ message: t("data.backup.made"), color: "teal" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => make.mutate(values))}>
      <Paper p="lg" component="section" aria-label={t("data.backup.title")}>
        <Stack>
          <Title order={2}>{t("data.backup.title")}</Title>
          <Text fz="sm" c="dimmed">
            {t("data.backup.text")}
          </Text>
          <ProblemNotice error={make.error} />
          <PasswordInput
            label={t("data.backup.password")}
            autoComplete="current-password"
            {...form.getInputProps("password")}
          />
          {hasCode ? (
            <TextInput
              label={t("data.backup.code")}
              autoComplete="one-time-code"
              {...form.getInputProps("code")}
            />
          ) : null}
          <PasswordInput
            label={t("data.backup.passphrase")}
            description={t("data.backup.passphrase_hint")}
            autoComplete="off"
            {...form.getInputProps("passphrase")}
          />
          <PasswordInput
            label={t("data.backup.again")}
            autoComplete="off"
            {...form.getInputProps("again")}
          />
          <Group>
            <Button type="submit" loading={make.isPending}>
              {t("data.backup.make")}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </form>
  );
}

/** The file comes as it is made; the browser keeps a large one on its disk. */
async function download(body: { password: string; code: string | null; passphrase: string }) {
  let name = "linecard.backup";
  const asked = api.POST("/api/v1/backups", { body, parseAs: "blob" }).then((result) => {
    const said = result.response.headers.get("content-disposition");
    name = said?.split("filename*=UTF-8''")[1] ?? name;
    return result;
  });
  saveFile((await answer<unknown>(asked)) as Blob, name);
}
