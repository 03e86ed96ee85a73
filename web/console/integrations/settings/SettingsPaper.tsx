// A group of settings: what it is for, its fields, and one Save below them.
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";
import { useUnsaved } from "@/editing/editing";
import { SaveRow, type SaveRowProps } from "./SaveRow";

export interface SettingsPaperProps extends SaveRowProps {
  title: string;
  text: string;
  onSubmit: FormEventHandler<HTMLFormElement>;
  children: ReactNode;
}

export function SettingsPaper(props: SettingsPaperProps) {
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
          <SaveRow changed={changed} busy={busy} error={error} onDiscard={onDiscard} />
        </Stack>
      </form>
    </Paper>
  );
}
