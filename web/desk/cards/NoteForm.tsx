// What the agent writes about a call, during it or after it; it goes into the same record (X1).
import { Autocomplete, Button, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

export interface NoteFormProps {
  busy: boolean;
  /** It is kept: the form closes. */
  done: boolean;
  onSave(words: { note: string; disposition: string }): void;
  onClose(): void;
}

export function NoteForm({ busy, done, onSave, onClose }: NoteFormProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const [disposition, setDisposition] = useState("");
  const [sent, setSent] = useState(false);
  useEffect(() => {
    if (sent && done) onClose();
  }, [sent, done, onClose]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    onSave({ note: note.trim(), disposition: disposition.trim() });
  };
  const empty = !note.trim() && !disposition.trim();
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <Textarea
          label={t("desk.file.note_label")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Autocomplete
          label={t("desk.file.disposition")}
          maxLength={200}
          data={(["reached", "call_back", "not_interested", "wrong_number"] as const).map((it) =>
            t(`desk.file.dispositions.${it}`),
          )}
          value={disposition}
          onChange={setDisposition}
        />
        <Group gap="sm">
          <Button type="submit" size="sm" loading={busy} disabled={empty}>
            {t("actions.save")}
          </Button>
          <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
