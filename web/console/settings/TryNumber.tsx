// Type a number and see how it is read, with the settings as they stand on the page.
import { NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { ExtensionRange, NumberHabits, ReadNumber } from "@/api/types";
import { ProblemNotice } from "@/theme/ProblemNotice";
import "./settings.css";

/** By which settings a number is read. */
export interface ReadBy {
  country: string;
  extension_ranges: ExtensionRange[];
  number_habits: NumberHabits;
}

export function TryNumber({ readBy }: { readBy: ReadBy }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [trunk, setTrunk] = useState("");
  const [number] = useDebouncedValue(typed.trim(), 200);
  const trunks = readBy.number_habits.trunks.map(({ name }) => name).filter(Boolean);
  const named = trunks.includes(trunk) ? trunk : null;
  const read = useQuery({
    queryKey: ["numbers", "read", number, named, readBy],
    queryFn: () =>
      answer(api.POST("/api/v1/numbers/read", { body: { number, trunk: named, ...readBy } })),
    enabled: number !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Stack gap="sm">
      <div>
        <Title order={3} fz="sm">
          {t("numbers.try")}
        </Title>
        <Text c="dimmed" fz="sm">
          {t("numbers.try_text")}
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, sm: trunks.length > 0 ? 2 : 1 }}>
        <TextInput
          aria-label={t("numbers.try")}
          placeholder={t("numbers.try_placeholder")}
          maxLength={80}
          autoComplete="off"
          value={typed}
          // The page's own form is not sent by Enter here.
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
          }}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {trunks.length > 0 ? (
          <NativeSelect
            aria-label={t("numbers.try_trunk")}
            data={[
              { value: "", label: `${t("numbers.try_trunk")}: ${t("numbers.try_any")}` },
              ...[...new Set(trunks)].map((name) => ({
                value: name,
                label: `${t("numbers.try_trunk")}: ${name}`,
              })),
            ]}
            value={named ?? ""}
            onChange={(event) => setTrunk(event.currentTarget.value)}
          />
        ) : null}
      </SimpleGrid>
      <div role="status">
        {number === "" ? null : <ProblemNotice error={read.error} />}
        {number !== "" && read.data && !read.error ? <HowRead read={read.data} /> : null}
      </div>
    </Stack>
  );
}

function HowRead({ read }: { read: ReadNumber }) {
  const { t } = useTranslation();
  const lines = (
    [
      ["compared", read.e164],
      ["shown", read.kind === "phone" ? read.shown : null],
      ["abroad", read.international],
      ["dialled", read.dialled],
      ["link", read.rfc3966],
      ["their_extension", read.extension],
    ] as const
  ).filter(([, value]) => value);
  return (
    <Stack gap={4} className="lc-read">
      <Text fw={600} data-kind={read.kind}>
        {t(`numbers.kind.${read.kind}`)}
        {read.kind !== "phone" && read.shown ? `: ${read.shown}` : ""}
      </Text>
      {read.rule ? <Text fz="sm">{t(`numbers.rule.${read.rule}`)}</Text> : null}
      {read.kind === "phone" && !read.known ? <Text fz="sm">{t("numbers.not_known")}</Text> : null}
      {read.own ? <Text fz="sm">{t("numbers.own")}</Text> : null}
      {lines.length > 0 ? (
        <dl>
          {lines.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`numbers.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Stack>
  );
}
