// To whom a call is passed on: at once, or after the agent has asked there.
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { fieldErrors, problemText } from "@/texts/problem";
import { type Callee, useDial } from "../dial/useDial";

export interface TransferFormProps {
  /** The request is on its way. */
  busy: boolean;
  reachable: boolean;
  /** The agent can ask there first: the softphone takes a second call. */
  asksFirst: boolean;
  onTransfer(to: Callee): void;
  onClose(): void;
}

export function TransferForm(props: TransferFormProps) {
  const { busy, reachable, asksFirst, onTransfer, onClose } = props;
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const dial = useDial(true);
  const number = text.trim();
  const problem = dial.error ? Problem.from(dial.error) : null;
  const why = problem ? (fieldErrors(t, problem).number ?? problemText(t, problem)) : null;
  const transfer = (event: FormEvent) => {
    event.preventDefault();
    if (number) onTransfer({ number });
  };
  return (
    <form onSubmit={transfer} className="lc-transfer" aria-label={t("desk.transfer.label")}>
      <TextInput
        label={t("desk.transfer.to")}
        value={text}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        error={why}
        onChange={(event) => {
          dial.forget();
          setText(event.currentTarget.value);
        }}
      />
      <Group gap="sm" mt="xs">
        <Button type="submit" loading={busy} disabled={!reachable || !number}>
          {t("desk.transfer.now")}
        </Button>
        {asksFirst ? (
          <Button
            variant="default"
            loading={dial.pending}
            disabled={!reachable || !number}
            onClick={() => dial.call({ number }, onClose)}
          >
            {t("desk.transfer.ask_first")}
          </Button>
        ) : null}
        <Button variant="subtle" onClick={onClose}>
          {t("actions.cancel")}
        </Button>
      </Group>
    </form>
  );
}
