// What is kept out of every CRM: own numbers, numbers never looked up or written, and the hours
// of business (X4, X11).
import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  Stack,
  TagsInput,
  Text,
  Title,
} from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Exclusions } from "@/api/types";
import { IconPlus, IconX } from "@/theme/icons";
import { TimeField } from "./TimeField";

const LISTS = ["own", "never_looked_up", "never_logged"] as const;
const DAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

type Hours = Exclusions["business_hours"][number];

export interface KeptOutProps {
  value: Exclusions;
  onChange(value: Exclusions): void;
  /** By list. */
  errors: Partial<Record<(typeof LISTS)[number], ReactNode>>;
}

export function KeptOut({ value, onChange, errors }: KeptOutProps) {
  const { t } = useTranslation();
  const hours = value.business_hours;
  const setHours = (business_hours: Hours[]) => onChange({ ...value, business_hours });
  return (
    <Stack gap="sm">
      <div>
        <Title order={2}>{t("settings.kept_out")}</Title>
        <Text c="dimmed" fz="sm">
          {t("settings.kept_out_text")}
        </Text>
      </div>
      {LISTS.map((list) => (
        <TagsInput
          key={list}
          label={t(`settings.${list}`)}
          description={t(`settings.${list}_text`)}
          splitChars={[",", ";"]}
          acceptValueOnBlur
          value={value[list]}
          onChange={(numbers) => onChange({ ...value, [list]: numbers })}
          error={errors[list]}
        />
      ))}
      <div>
        <Title order={3} fz="sm">
          {t("settings.hours")}
        </Title>
        <Text c="dimmed" fz="sm">
          {t("settings.hours_text")}
        </Text>
      </div>
      {hours.map((opening, at) => {
        const change = (more: Partial<Hours>) =>
          setHours(hours.map((it, index) => (index === at ? { ...it, ...more } : it)));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: openings have no name but their place.
          <Group key={at} gap="sm" align="flex-end" wrap="nowrap">
            <MultiSelect
              className="lc-grow"
              label={t("settings.days")}
              data={DAYS.map((day) => ({ value: day, label: t(`settings.day.${day}`) }))}
              value={opening.days}
              onChange={(days) => change({ days: DAYS.filter((day) => days.includes(day)) })}
            />
            <TimeField
              label={t("settings.from")}
              value={opening.from}
              onChange={(from) => change({ from })}
            />
            <TimeField
              label={t("settings.to")}
              value={opening.until}
              onChange={(until) => change({ until })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("settings.remove_hours")}
              onClick={() => setHours(hours.filter((_, index) => index !== at))}
            >
              <IconX size={17} />
            </ActionIcon>
          </Group>
        );
      })}
      <div>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() =>
            setHours([...hours, { days: DAYS.slice(0, 5), from: "09:00:00", until: "17:00:00" }])
          }
        >
          {t("settings.add_hours")}
        </Button>
      </div>
    </Stack>
  );
}
