// What the call list is narrowed by: span of days, way, result, agent, queue, number, person, and
// what became of it in the CRMs.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { extensionsQuery, queuesQuery } from "@/api/queries";
import type { CallFilter } from "@/api/types";
import { DIRECTIONS, JOURNAL, narrowedBy, OUTCOMES, REASONS } from "./filter";

/** How long typing pauses before it is searched for, in milliseconds. */
const PAUSE = 350;

export interface CallFiltersProps {
  filter: CallFilter;
  onChange(filter: CallFilter): void;
}

export function CallFilters({ filter, onChange }: CallFiltersProps) {
  const { t } = useTranslation();
  const extensions = useQuery(extensionsQuery);
  const queues = useQuery(queuesQuery);
  const set = (part: Partial<CallFilter>) => {
    const next = { ...filter, ...part };
    if (next.journal !== "skipped") next.reason = undefined;
    onChange(next);
  };
  const known = (extensions.data ?? []).map(({ number, name }) => ({
    value: number,
    label: `${number} ${name}`,
  }));
  // One that an address names may be gone from the list.
  const isGone = filter.extension && !known.some(({ value }) => value === filter.extension);
  const gone =
    isGone && filter.extension ? [{ value: filter.extension, label: filter.extension }] : [];
  const names = new Set([...(queues.data ?? []), ...(filter.queue ? [filter.queue] : [])]);
  return (
    <search className="lc-call-filters" aria-label={t("calls.filter.title")}>
      <TextInput
        type="date"
        label={t("calls.filter.from")}
        value={filter.from ?? ""}
        max={filter.to ?? undefined}
        onChange={({ currentTarget }) => set({ from: currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t("calls.filter.to")}
        value={filter.to ?? ""}
        min={filter.from ?? undefined}
        onChange={({ currentTarget }) => set({ to: currentTarget.value || undefined })}
      />
      <Choice
        label={t("calls.filter.direction")}
        value={filter.direction}
        data={DIRECTIONS.map((value) => ({ value, label: t(`calls.direction.${value}`) }))}
        onChange={(direction) => set({ direction })}
      />
      <Choice
        label={t("calls.outcome_label")}
        value={filter.outcome}
        data={OUTCOMES.map((value) => ({ value, label: t(`calls.outcome.${value}`) }))}
        onChange={(outcome) => set({ outcome })}
      />
      <Choice
        label={t("calls.agent")}
        value={filter.extension}
        data={[...known, ...gone]}
        searchable
        onChange={(extension) => set({ extension })}
      />
      <Choice
        label={t("calls.queue")}
        value={filter.queue}
        data={[...names].map((value) => ({ value, label: value }))}
        searchable
        onChange={(queue) => set({ queue })}
      />
      <Typed
        label={t("calls.filter.number")}
        value={filter.number}
        wanted={/\d/}
        onChange={(number) => set({ number })}
      />
      <Typed
        label={t("calls.filter.person")}
        value={filter.person}
        onChange={(person) => set({ person })}
      />
      <Choice
        label={t("calls.crm")}
        value={filter.journal}
        data={JOURNAL.map((value) => ({
          value,
          label: value === "none" ? t("calls.filter.none") : t(`calls.entry.${value}`),
        }))}
        onChange={(journal) => set({ journal })}
      />
      {filter.journal === "skipped" ? (
        <Choice
          label={t("calls.filter.reason")}
          value={REASONS.find((it) => it === filter.reason)}
          data={REASONS.map((value) => ({ value, label: t(`calls.why.${value}`) }))}
          onChange={(reason) => set({ reason })}
        />
      ) : null}
      {narrowedBy(filter) > 0 ? (
        <Group align="end">
          <Button variant="subtle" onClick={() => onChange({})}>
            {t("calls.filter.clear")}
          </Button>
        </Group>
      ) : null}
    </search>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T | null | undefined;
  data: { value: T; label: string }[];
  searchable?: boolean;
  onChange(value: T | undefined): void;
}

function Choice<T extends string>({ label, value, data, searchable, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  return (
    <Select
      label={label}
      placeholder={t("calls.filter.any")}
      value={value ?? null}
      data={data}
      searchable={searchable ?? false}
      clearable
      clearButtonProps={{ "aria-label": `${t("calls.filter.any")}: ${label}` }}
      onChange={(chosen) => onChange(data.find((it) => it.value === chosen)?.value)}
    />
  );
}

interface TypedProps {
  label: string;
  value: string | null | undefined;
  /** What has nothing of this is not searched for yet. */
  wanted?: RegExp;
  onChange(value: string | undefined): void;
}

function Typed({ label, value, wanted, onChange }: TypedProps) {
  const [typed, setTyped] = useState(value ?? "");
  const later = useDebouncedCallback((text: string) => {
    if (text && wanted && !wanted.test(text)) return;
    onChange(text || undefined);
  }, PAUSE);
  // The address can change in another way: by the browser's way back, by "all calls".
  useEffect(() => setTyped(value ?? ""), [value]);
  return (
    <TextInput
      label={label}
      value={typed}
      maxLength={100}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        later(currentTarget.value.trim());
      }}
    />
  );
}
