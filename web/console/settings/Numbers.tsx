// How numbers are written here: area code, prefix for an outside line, short codes, trunks, and a
// line to try how a number is read.
import { SimpleGrid, Stack, TagsInput, Text, TextInput, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { NumberHabits } from "@/api/types";
import { Trunks } from "./Trunks";
import { type ReadBy, TryNumber } from "./TryNumber";

export interface NumbersProps {
  value: NumberHabits;
  onChange(value: NumberHabits): void;
  /** By the field's path, such as `area_code` or `trunks.0.name`. */
  errors: Record<string, ReactNode>;
  /** What else on the page decides how a number is read. */
  readBy: Omit<ReadBy, "number_habits">;
}

export function Numbers({ value, onChange, errors, readBy }: NumbersProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{t("numbers.title")}</Title>
        <Text c="dimmed" fz="sm">
          {t("numbers.text")}
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
        {(["area_code", "outside_prefix"] as const).map((field) => (
          <TextInput
            key={field}
            label={t(`numbers.${field}`)}
            description={t(`numbers.${field}_text`)}
            inputMode="numeric"
            maxLength={15}
            value={value[field] ?? ""}
            onChange={(event) => onChange({ ...value, [field]: event.currentTarget.value || null })}
            error={errors[field]}
          />
        ))}
      </SimpleGrid>
      <TagsInput
        label={t("numbers.short_codes")}
        description={t("numbers.short_codes_text")}
        splitChars={[",", ";", " "]}
        acceptValueOnBlur
        value={value.short_codes}
        onChange={(short_codes) => onChange({ ...value, short_codes })}
        error={Object.entries(errors).find(([path]) => path.startsWith("short_codes"))?.[1]}
      />
      <Trunks
        trunks={value.trunks}
        onChange={(trunks) => onChange({ ...value, trunks })}
        errors={errors}
      />
      <TryNumber readBy={{ ...readBy, number_habits: value }} />
    </Stack>
  );
}
