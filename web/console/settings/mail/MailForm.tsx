// The mail server's form. The password never comes back.
import {
  Button,
  Group,
  NumberInput,
  Paper,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { mailQuery } from "@/api/queries";
import type { MailServer } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { AskDialog } from "@/theme/AskDialog";
import { ProblemNotice } from "@/theme/ProblemNotice";

const SECURITIES = ["tls", "start_tls", "plain"] as const;
const PORTS = { tls: 465, start_tls: 587, plain: 25 };

export function MailForm({ server }: { server: MailServer | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, ask] = useDisclosure(false);
  const filled = (value: string) => (value.trim() ? null : t("problems.required"));
  const form = useForm({
    initialValues: {
      host: server?.host ?? "",
      port: server?.port ?? PORTS.start_tls,
      security: server?.security ?? ("start_tls" as const),
      user: server?.user ?? "",
      password: "",
      sender: server?.sender ?? "",
      sender_name: server?.sender_name ?? "Linecard",
      authority: server?.authority ?? "",
    },
    validate: { host: filled, sender: filled },
  });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      answer(
        api.PUT("/api/v1/mail", {
          body: {
            ...values,
            port: Number(values.port),
            // Left out it stays as it is.
            password: values.password === "" ? null : values.password,
            version: server?.version ?? 0,
          },
        }),
      ),
    onSuccess: (saved) => {
      isKept();
      queries.setQueryData(mailQuery.queryKey, saved);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/mail")),
    onSuccess: () => {
      ask.close();
      return queries.invalidateQueries({ queryKey: mailQuery.queryKey });
    },
  });
  return (
    <Paper p="lg">
      <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <ProblemNotice error={save.error} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
            <TextInput
              label={t("mail.fields.host")}
              spellCheck={false}
              {...form.getInputProps("host")}
            />
            <NumberInput
              label={t("mail.fields.port")}
              min={1}
              max={65_535}
              allowDecimal={false}
              {...form.getInputProps("port")}
            />
          </SimpleGrid>
          <Select
            label={t("mail.fields.security")}
            data={SECURITIES.map((value) => ({ value, label: t(`mail.security.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps("security")}
            onChange={(value) => {
              const security = SECURITIES.find((one) => one === value) ?? "start_tls";
              const usual = Object.values(PORTS).includes(Number(form.values.port));
              form.setFieldValue("security", security);
              if (usual) form.setFieldValue("port", PORTS[security]);
            }}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
            <TextInput
              label={t("mail.fields.user")}
              description={t("mail.fields.user_hint")}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps("user")}
            />
            <PasswordInput
              label={t("mail.fields.password")}
              description={server?.has_password ? t("mail.fields.password_set") : undefined}
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
            <TextInput
              label={t("mail.fields.sender")}
              inputMode="email"
              spellCheck={false}
              {...form.getInputProps("sender")}
            />
            <TextInput
              label={t("mail.fields.sender_name")}
              {...form.getInputProps("sender_name")}
            />
          </SimpleGrid>
          <Textarea
            label={t("mail.fields.authority")}
            description={t("mail.fields.authority_hint")}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            {...form.getInputProps("authority")}
          />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("actions.save")}
            </Button>
            {server ? (
              <Button variant="subtle" color="red" onClick={ask.open}>
                {t("mail.remove")}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </form>
      <AskDialog
        opened={asking}
        onClose={ask.close}
        title={t("mail.remove_title")}
        confirm={t("mail.remove")}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t("mail.remove_text")}
      </AskDialog>
    </Paper>
  );
}
