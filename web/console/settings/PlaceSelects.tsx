// Pickers of a country and a time zone, searchable by typing.
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { localeOf } from "@/texts/lookup";
import { countries, timeZones } from "./places";

interface PickerProps {
  value?: string;
  onChange?: (value: string) => void;
  error?: React.ReactNode;
}

export function CountrySelect({ value, onChange, error }: PickerProps) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n);
  const data = useMemo(() => countries(locale), [locale]);
  return (
    <Select
      label={t("session.country")}
      description={t("session.country_hint")}
      data={data}
      value={value ?? null}
      onChange={(picked) => onChange?.(picked ?? "")}
      error={error}
      searchable
      allowDeselect={false}
    />
  );
}

export function TimeZoneSelect({ value, onChange, error }: PickerProps) {
  const { t } = useTranslation();
  const data = useMemo(() => timeZones(value ?? ""), [value]);
  return (
    <Select
      label={t("session.time_zone")}
      description={t("session.time_zone_hint")}
      data={data}
      value={value ?? null}
      onChange={(picked) => onChange?.(picked ?? "")}
      error={error}
      limit={100}
      searchable
      allowDeselect={false}
    />
  );
}
