// The second factor of one's own account: set it up, make new recovery codes, turn it off.
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { SecondFactor as State } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { sessionQuery } from "../query";
import { Enrol } from "./Enrol";
import { secondFactorQuery } from "./query";
import { RecoveryCodes } from "./RecoveryCodes";

export interface SecondFactorProps {
  state: State;
  /** Below which heading it stands. */
  level: 2 | 3;
}

export function SecondFactor({ state, level }: SecondFactorProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const again = async () => {
    await queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const shown = (made: string[]) => {
    setCodes(made);
    void queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  };
  return (
    <Stack>
      <div>
        <Title order={level}>{t("security.factor")}</Title>
        <Text fz="sm" c="dimmed">
          {state.on ? t("security.factor_on") : t("security.factor_off")}{" "}
          {state.on ? t("security.codes_left", { n: String(state.recovery_codes) }) : null}
        </Text>
      </div>
      {codes ? (
        <RecoveryCodes
          codes={codes}
          onDone={() => {
            setCodes(null);
            void again();
          }}
        />
      ) : state.on ? (
        <Change onCodes={shown} onOff={() => void again()} />
      ) : (
        <Enrol onCodes={shown} />
      )}
    </Stack>
  );
}

function Change({ onCodes, onOff }: { onCodes(codes: string[]): void; onOff(): void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const renew = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/session/second-factor/recovery-codes", { body: { code } })),
    onSuccess: ({ codes }) => onCodes(codes),
  });
  const off = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/session/second-factor/remove", { body: { code } })),
    onSuccess: onOff,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    renew.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("security.prove")}
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemNotice error={renew.error ?? off.error} />
        <Group>
          <Button type="submit" variant="default" disabled={!code} loading={renew.isPending}>
            {t("security.new_codes")}
          </Button>
          <Button
            variant="default"
            c="red"
            disabled={!code}
            loading={off.isPending}
            onClick={() => off.mutate()}
          >
            {t("security.off")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
