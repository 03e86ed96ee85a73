// What has become of the rows so far, in one line.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ContactImport } from "@/api/types";
import { localeOf } from "@/texts/lookup";

export function ImportCounts({ of }: { of: ContactImport }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(localeOf(i18n));
  const parts = (["added", "updated", "skipped", "refused", "undone"] as const)
    .filter((part) => part === "added" || of[part] > 0)
    .map((part) => t(`contact_imports.counts.${part}`, { number: number.format(of[part]) }));
  return <Text fz="sm">{parts.join(" · ")}</Text>;
}
