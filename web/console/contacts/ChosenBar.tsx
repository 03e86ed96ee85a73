// What can be done to the contacts that are ticked.
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Phonebook } from "@/api/types";
import { IconFolderSymlink, IconTrash } from "@/theme/icons";
import { DeleteContactsDialog } from "./DeleteContactsDialog";
import { MoveDialog } from "./MoveDialog";

export interface ChosenBarProps {
  phonebook: Phonebook;
  chosen: string[];
  onDone(): void;
}

export function ChosenBar({ phonebook, chosen, onDone }: ChosenBarProps) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<"move" | "delete" | null>(null);
  const close = () => setDoing(null);
  return (
    <Group mb="sm" gap="sm">
      <Text fz="sm" fw={600} role="status">
        {t("contacts.chosen", { count: chosen.length })}
      </Text>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFolderSymlink size={15} />}
        onClick={() => setDoing("move")}
      >
        {t("contacts.move")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={15} />}
        onClick={() => setDoing("delete")}
      >
        {t("actions.delete")}
      </Button>
      {doing === "move" ? (
        <MoveDialog from={phonebook} contacts={chosen} onClose={close} onDone={onDone} />
      ) : null}
      {doing === "delete" ? (
        <DeleteContactsDialog contacts={chosen} onClose={close} onDone={onDone} />
      ) : null}
    </Group>
  );
}
