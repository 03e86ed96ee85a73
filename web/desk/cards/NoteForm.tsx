// What the agent writes about a call, during it or after it; it goes into the same record (X1).
import { Autocomplete, Button, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

export interface NoteWords {
  note: string;
  disposition: string;
}

export interface NoteFormProps {
  busy: boolean;
  /** What is saved would arrive: the line to Linecard is open. */
  online: boolean;
  /** It is kept: the form closes. */
  done: boolean;
  /** What was written before, while the card was there. */
  start: NoteWords;
  onSave(words: NoteWords): void;
  onClose(): void;
}

export function NoteForm({ busy, online, done, start, onSave, onClose }: NoteFormProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState(start.note);
  const [disposition, setDisposition] = useState(start.disposition);
  const [sent, setSent] = useState(false);
  // Whoever opens the form is about to write.
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (sent && done) onClose();
  }, [sent, done, onClose]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    onSave({ note: note.trim(), disposition: disposition.trim() });
  };
  const same = note.trim() === start.note && disposition.trim() === start.disposition;
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <Textarea
          ref={field}
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
          <Button type="submit" size="sm" loading={busy} disabled={same || !online}>
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
