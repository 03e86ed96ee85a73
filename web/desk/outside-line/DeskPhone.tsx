// The simulated phone on an agent's desk: answer, hang up, dial.
import { Button, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { demoQuery } from "@/api/queries";
import type { DemoTarget } from "@/api/types";
import { IconPhoneCall, IconPhoneOff, IconPhoneOutgoing } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { numberIsGood } from "./number";

type Deed = { do: "answer" } | { do: "hang-up" } | { do: "dial"; number: string };

export function DeskPhone({ extensions, own }: { extensions: DemoTarget[]; own: string | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const known = extensions.some(({ number }) => number === own);
  const [extension, setExtension] = useState(known ? own : (extensions[0]?.number ?? null));
  const [number, setNumber] = useState("");
  const [wrong, setWrong] = useState(false);
  const act = useMutation({
    mutationFn: (deed: Deed) => {
      const path = { params: { path: { extension: extension ?? "" } } };
      switch (deed.do) {
        case "answer":
          return answer(api.POST("/api/v1/demo/phones/{extension}/answer", path));
        case "hang-up":
          return answer(api.POST("/api/v1/demo/phones/{extension}/hang-up", path));
        case "dial":
          return answer(
            api.POST("/api/v1/demo/dial", {
              body: { extension: extension ?? "", number: deed.number },
            }),
          );
      }
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: demoQuery.queryKey }),
  });
  const dial = () => {
    const bad = !numberIsGood(number.trim());
    setWrong(bad);
    if (!bad) act.mutate({ do: "dial", number: number.trim() });
  };
  return (
    <Paper p="lg">
      <Stack>
        <div>
          <Title order={2}>{t("outside.phone")}</Title>
          <Text fz="sm" c="dimmed">
            {t("outside.phone_text")}
          </Text>
        </div>
        <Select
          label={t("outside.phone_of")}
          data={extensions.map((one) => ({
            value: one.number,
            label: [one.number, one.name].filter(Boolean).join(" "),
          }))}
          value={extension}
          onChange={setExtension}
          allowDeselect={false}
        />
        <Group grow>
          <Button
            color="teal.9"
            leftSection={<IconPhoneCall size={18} />}
            disabled={!extension}
            onClick={() => act.mutate({ do: "answer" })}
          >
            {t("desk.answer")}
          </Button>
          <Button
            color="red"
            leftSection={<IconPhoneOff size={18} />}
            disabled={!extension}
            onClick={() => act.mutate({ do: "hang-up" })}
          >
            {t("desk.hang_up")}
          </Button>
        </Group>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            dial();
          }}
        >
          <Group align="flex-end" wrap="nowrap" gap="xs">
            <TextInput
              flex={1}
              label={t("outside.dial_number")}
              value={number}
              inputMode="tel"
              placeholder="+1 415 555 0134"
              onChange={(event) => {
                setNumber(event.currentTarget.value);
                setWrong(false);
              }}
              error={wrong}
            />
            <Button
              type="submit"
              variant="default"
              leftSection={<IconPhoneOutgoing size={18} />}
              disabled={!extension}
            >
              {t("outside.dial")}
            </Button>
          </Group>
          {wrong ? (
            <Text fz="sm" c="var(--mantine-color-error)" role="alert" mt={4}>
              {t("outside.bad_number")}
            </Text>
          ) : null}
        </form>
        <ProblemNotice error={act.error} />
      </Stack>
    </Paper>
  );
}
