// Each language under its own name, for those who cannot read the other.
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Language } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { setLanguage } from "@/texts/start";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("session.language")}
      value={localeOf(i18n)}
      onChange={(language) => setLanguage(i18n, language as Language)}
      data={[
        { value: "en", label: t("session.english") },
        { value: "zh-CN", label: t("session.chinese") },
      ]}
    />
  );
}
