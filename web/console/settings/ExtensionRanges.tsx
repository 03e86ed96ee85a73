// The editor of extension ranges: numbers in them are never taken for phone numbers.
import { ActionIcon, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ExtensionRange } from "@/api/types";
import { IconPlus, IconTrash } from "@/theme/icons";

export interface ExtensionRangesProps {
  ranges: ExtensionRange[];
  onChange(ranges: ExtensionRange[]): void;
  error?: ReactNode;
}

export function ExtensionRanges({ ranges, onChange, error }: ExtensionRangesProps) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<ExtensionRange>) =>
    onChange(ranges.map((range, index) => (index === at ? { ...range, ...part } : range)));
  return (
    <Stack gap="sm" align="flex-start">
      <div>
        <Title order={2}>{t("settings.ranges")}</Title>
        <Text c="dimmed" fz="sm">
          {t("settings.ranges_text")}
        </Text>
      </div>
      {ranges.map((range, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a range has no identity but its place
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label={t("settings.from")}
            value={range.from}
            inputMode="numeric"
            w={120}
            onChange={(event) => change(index, { from: event.currentTarget.value })}
            error={rangeIsGood(range) ? undefined : true}
          />
          <TextInput
            label={t("settings.to")}
            value={range.to}
            inputMode="numeric"
            w={120}
            onChange={(event) => change(index, { to: event.currentTarget.value })}
            error={rangeIsGood(range) ? undefined : true}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`${t("actions.remove")}: ${range.from}–${range.to}`}
            onClick={() => onChange(ranges.filter((_, at) => at !== index))}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      ))}
      {ranges.length === 0 ? <Text fz="sm">{t("settings.no_ranges")}</Text> : null}
      {error ? (
        <Text fz="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      ) : null}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange([...ranges, { from: "", to: "" }])}
      >
        {t("settings.add_range")}
      </Button>
    </Stack>
  );
}

/** Digits of the same length, the first not above the second. */
export function rangeIsGood({ from, to }: ExtensionRange): boolean {
  return (
    /^\d{1,15}$/.test(from) && /^\d{1,15}$/.test(to) && from.length === to.length && from <= to
  );
}
