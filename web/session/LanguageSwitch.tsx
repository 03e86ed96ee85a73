// Each language under its own name, for those who cannot read the other.
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { setLanguage } from "@/texts/start";

export interface LanguageSwitchProps {
  fullWidth?: boolean;
  onPick?(language: Language): void;
}

export function LanguageSwitch({ fullWidth, onPick }: LanguageSwitchProps) {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("session.language")}
      value={localeOf(i18n)}
      onChange={(picked) => {
        const language = picked as Language;
        setLanguage(i18n, language);
        onPick?.(language);
      }}
      fullWidth={fullWidth}
      data={[
        { value: "en", label: t("session.english") },
        { value: "zh-CN", label: t("session.chinese") },
      ]}
    />
  );
}
