// The field for a number to call.
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { fieldErrors, problemText } from "@/texts/problem";
import { IconPhoneOutgoing } from "@/theme/icons";
import type { DialHandle } from "./useDial";

export interface DialBarProps {
  dial: DialHandle;
  /** Whether a request would reach the phone system. */
  reachable: boolean;
}

export function DialBar({ dial, reachable }: DialBarProps) {
  const { t } = useTranslation();
  const wrong = useId();
  const [number, setNumber] = useState("");
  const problem = dial.error ? Problem.from(dial.error) : null;
  const why = problem ? (fieldErrors(t, problem).number ?? problemText(t, problem)) : null;
  const submit = () => {
    if (number.trim()) dial.call({ number: number.trim() }, () => setNumber(""));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          type="tel"
          flex={1}
          aria-label={t("desk.dial.label")}
          placeholder={t("desk.dial.label")}
          value={number}
          maxLength={64}
          autoComplete="off"
          aria-describedby={why ? wrong : undefined}
          error={Boolean(why)}
          onChange={(event) => {
            setNumber(event.currentTarget.value);
            dial.forget();
          }}
        />
        <Button
          type="submit"
          leftSection={<IconPhoneOutgoing size={18} />}
          loading={dial.pending}
          disabled={!reachable}
        >
          {t("desk.dial.call")}
        </Button>
      </Group>
      {why ? (
        <Text id={wrong} role="alert" fz="sm" c="var(--mantine-color-error)" mt={4}>
          {why}
        </Text>
      ) : null}
    </form>
  );
}
