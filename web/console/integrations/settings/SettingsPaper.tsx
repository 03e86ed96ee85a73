// A group of settings: what it is for, its fields, and one Save below them.
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useUnsaved } from "@/editing/editing";
import { ProblemNotice } from "@/theme/ProblemNotice";

export interface SettingsPaperProps {
  title: string;
  text: string;
  /** Whether there is something to save. */
  changed: boolean;
  busy: boolean;
  error: unknown;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onDiscard(): void;
  children: ReactNode;
}

export function SettingsPaper(props: SettingsPaperProps) {
  const { t } = useTranslation();
  const { title, text, changed, busy, error, onSubmit, onDiscard, children } = props;
  useUnsaved(changed);
  return (
    <Paper p="lg">
      <form noValidate onSubmit={onSubmit}>
        <Stack>
          <div>
            <Title order={2}>{title}</Title>
            <Text c="dimmed" fz="sm">
              {text}
            </Text>
          </div>
          {children}
          <ProblemNotice error={error} />
          <Group>
            <Button type="submit" disabled={!changed} loading={busy}>
              {t("actions.save")}
            </Button>
            {changed ? (
              <>
                <Button variant="subtle" color="gray" onClick={onDiscard}>
                  {t("crm.users.discard")}
                </Button>
                <Text fz="sm" c="dimmed">
                  {t("actions.unsaved")}
                </Text>
              </>
            ) : null}
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
