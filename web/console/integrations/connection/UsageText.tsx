// How much of a CRM's quota is used, as far as the CRM told (F16).
import { useTranslation } from "react-i18next";
import type { CrmUsage } from "@/api/types";
import { localeOf } from "@/texts/lookup";

export function UsageText({ usage }: { usage?: CrmUsage | null }) {
  const { t, i18n } = useTranslation();
  if (!usage) return t("crm.usage.unknown");
  const number = new Intl.NumberFormat(localeOf(i18n));
  const used = number.format(usage.used);
  const time = (at: string) =>
    new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "short", timeStyle: "short" }).format(
      new Date(at),
    );
  const when = [
    usage.told ? t("crm.usage.told", { time: time(usage.told) }) : null,
    usage.resets ? t("crm.usage.resets", { time: time(usage.resets) }) : null,
  ].filter(Boolean);
  return (
    <span title={when.join("; ") || undefined}>
      {usage.limit == null
        ? t("crm.usage.no_limit", { used })
        : t("crm.usage.of", { used, limit: number.format(usage.limit) })}
    </span>
  );
}
