// What is held about one number: seen, taken along, erased.
import { Anchor, Button, Group, Paper, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { NumberHoldings } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { fieldErrors } from "@/texts/problem";
import { Notice } from "@/theme/Notice";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { StatusDot } from "@/theme/StatusDot";
import { save } from "../../shell/saveFile";
import { EraseNumberDialog } from "./EraseNumberDialog";

/** Where the number stays although it is erased. */
const STAYS = "settings";

export function NumberCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const [asking, setAsking] = useState(false);
  const find = useMutation({
    mutationFn: (number: string) =>
      answer(api.POST("/api/v1/number-data/find", { body: { number } })),
  });
  const take = useMutation({
    mutationFn: (number: string) =>
      answer(api.POST("/api/v1/number-data/export", { body: { number } })),
    onSuccess: (held) => save(held, "number.json"),
  });
  const erase = useMutation({
    mutationFn: (number: string) =>
      answer(api.POST("/api/v1/number-data/erase", { body: { number } })),
    onSuccess: () => {
      setAsking(false);
      find.reset();
      setTyped("");
      // Calls, contacts and whatever else was read may have held it.
      return queries.invalidateQueries();
    },
  });
  const fault = find.error ? fieldErrors(t, Problem.from(find.error)).number : undefined;
  const found = find.data;
  return (
    <Paper p="lg">
      <Stack>
        <Title order={2}>{t("data.number.title")}</Title>
        <Text fz="sm" c="dimmed">
          {t("data.number.text")}
        </Text>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            erase.reset();
            find.mutate(typed);
          }}
        >
          <Group align="flex-start">
            <TextInput
              aria-label={t("data.number.label")}
              placeholder="+1 415 555 0134"
              type="tel"
              autoComplete="off"
              flex="1 1 220px"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={fault}
            />
            <Button type="submit" loading={find.isPending} disabled={typed.trim() === ""}>
              {t("data.number.find")}
            </Button>
          </Group>
        </form>
        {fault ? null : <ProblemNotice error={find.error} />}
        <ProblemNotice error={take.error} />
        {erase.data ? <StatusDot tone="good">{t("data.number.erased")}</StatusDot> : null}
        {found ? (
          <Found
            found={found}
            busy={take.isPending}
            onTake={() => take.mutate(found.number)}
            onErase={() => setAsking(true)}
          />
        ) : null}
        {found && asking ? (
          <EraseNumberDialog
            number={found.shown}
            busy={erase.isPending}
            error={erase.error}
            onClose={() => setAsking(false)}
            onConfirm={() => erase.mutate(found.number)}
          />
        ) : null}
      </Stack>
    </Paper>
  );
}

function Found(props: { found: NumberHoldings; busy: boolean; onTake(): void; onErase(): void }) {
  const { t } = useTranslation();
  const { found } = props;
  const erasable = found.places.some(({ place }) => place !== STAYS);
  if (found.places.length === 0) {
    return <Text>{t("data.number.nothing", { number: found.shown })}</Text>;
  }
  return (
    <Stack>
      <Table.ScrollContainer minWidth={320}>
        <Table captionSide="top">
          <Table.Caption>{t("data.number.held", { number: found.shown })}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("data.number.place_label")}</Table.Th>
              <Table.Th>{t("data.number.amount")}</Table.Th>
              <Table.Th>{t("data.number.fate")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.places.map(({ place, amount, whole }) => (
              <Table.Tr key={place}>
                <Table.Td>{textOr(t, "data.number.place", place, place)}</Table.Td>
                <Table.Td>{amount}</Table.Td>
                <Table.Td>{t(`data.number.${fateOf(place, amount, whole)}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.own ? <Notice tone="warn" title={t("data.number.own")} /> : null}
      {found.places.some(({ place }) => place === STAYS) ? (
        <Text fz="sm">
          {t("data.number.in_settings")}{" "}
          <Anchor fz="sm" underline="always" href="/settings">
            {t("data.number.to_settings")}
          </Anchor>
        </Text>
      ) : null}
      <Group>
        <Button variant="default" loading={props.busy} onClick={props.onTake}>
          {t("data.number.take")}
        </Button>
        <Button
          color="red"
          variant="light"
          disabled={found.own || !erasable}
          onClick={props.onErase}
        >
          {t("data.number.erase")}
        </Button>
      </Group>
    </Stack>
  );
}

function fateOf(place: string, amount: number, whole: number) {
  if (place === STAYS) return "fate_stays";
  if (whole === 0) return "fate_hidden";
  return whole === amount ? "fate_goes" : "fate_both";
}
