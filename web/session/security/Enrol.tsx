// Sets a second factor up: the key into the app, the app's first code back.
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { CopyField } from "@/theme/CopyText";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function Enrol({ onCodes }: { onCodes(codes: string[]): void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const begin = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/session/second-factor")),
  });
  const confirm = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/session/second-factor/confirm", { body: { code } })),
    onSuccess: ({ codes }) => onCodes(codes),
  });
  if (!begin.data) {
    return (
      <>
        <ProblemNotice error={begin.error} />
        <Group>
          <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
            {t("security.begin")}
          </Button>
        </Group>
      </>
    );
  }
  const { secret, picture } = begin.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text fz="sm">{t("security.step_scan")}</Text>
        {picture ? (
          // Black on white whatever the page's colours are: cameras expect it.
          <svg
            viewBox={`0 0 ${picture.size} ${picture.size}`}
            width={200}
            height={200}
            role="img"
            aria-label={t("security.picture")}
            shapeRendering="crispEdges"
          >
            <rect width="100%" height="100%" fill="#fff" />
            <path d={picture.path} fill="#000" />
          </svg>
        ) : null}
        <CopyField label={t("security.key")} value={secret} />
        <TextInput
          label={t("security.code")}
          description={t("security.code_hint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemNotice error={confirm.error} />
        <Group>
          <Button type="submit" disabled={!code.trim()} loading={confirm.isPending}>
            {t("security.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
