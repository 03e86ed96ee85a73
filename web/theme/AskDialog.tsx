// A question before something that matters is done.
import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog";
import { ProblemNotice } from "./ProblemNotice";

export interface AskDialogProps {
  opened: boolean;
  onClose(): void;
  title: string;
  /** What the confirming button says: the deed, not "yes". */
  confirm: string;
  danger?: boolean;
  busy?: boolean;
  error?: unknown;
  onConfirm(): void;
  children: ReactNode;
}

export function AskDialog(props: AskDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <div>{props.children}</div>
        <ProblemNotice error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t("actions.cancel")}
          </Button>
          <Button
            color={props.danger ? "red" : undefined}
            loading={props.busy}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
