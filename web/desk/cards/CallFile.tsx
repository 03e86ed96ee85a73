// What goes into the CRM about a call: to which record, and the agent's own words (X1, X3, G8).
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconPencil, IconUserPlus } from "@/theme/icons";
import type { AboutCall } from "../frame/useDesk";
import { Chooser } from "./Chooser";
import type { ShownCard } from "./desk";
import { NoteForm, type NoteWords } from "./NoteForm";

export interface CallFileProps {
  shown: ShownCard;
  creates: boolean;
  /** The line to Linecard is open. */
  online: boolean;
  onTell(message: AboutCall): void;
  onWriting(on: boolean): void;
}

export function CallFile({ shown, creates, online, onTell, onWriting }: CallFileProps) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const [words, setWords] = useState<NoteWords>({ note: "", disposition: "" });
  const { card, pending, done } = shown;
  const { call } = card;
  const choices = card.choices ?? [];
  const mayCreate = creates && card.lookup === "nobody" && card.number && done !== "create";
  const write = (on: boolean) => {
    setWriting(on);
    onWriting(on);
  };
  if (!card.number && choices.length === 0) return null;
  return (
    <div className="lc-card-file">
      {choices.length > 1 ? (
        <Chooser
          choices={choices}
          busy={pending === "choose"}
          onChoose={({ connection, contact, id }) =>
            onTell({ t: "choose", call, connection, module: contact.module, id })
          }
        />
      ) : null}
      {writing ? (
        <NoteForm
          busy={pending === "note"}
          online={online}
          done={done === "note"}
          start={words}
          onSave={(written) => {
            setWords(written);
            onTell({ t: "note", call, ...written });
          }}
          onClose={() => write(false)}
        />
      ) : (
        <Group gap="sm">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPencil size={15} />}
            onClick={() => write(true)}
          >
            {t("desk.file.note")}
          </Button>
          {mayCreate ? (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconUserPlus size={15} />}
              loading={pending === "create"}
              onClick={() => onTell({ t: "create", call })}
            >
              {t("desk.file.create")}
            </Button>
          ) : null}
          {done === "create" || done === "note" || done === "choose" ? (
            <Text fz="sm" c="dimmed" role="status">
              {t(`desk.file.done_${done}`)}
            </Text>
          ) : null}
        </Group>
      )}
    </div>
  );
}
