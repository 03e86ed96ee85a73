// A CRM that takes its time: the page says that it waits, for how long at most, and what is safe.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/theme/Notice";

/** After so long somebody wonders whether anything happens. */
const WONDERS_MS = 2_000;

export function CrmWait({ name, waiting }: { name: string; waiting: boolean }) {
  const { t } = useTranslation();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const wonders = setTimeout(() => setLong(true), WONDERS_MS);
    return () => {
      clearTimeout(wonders);
      setLong(false);
    };
  }, [waiting]);
  return (
    <div aria-live="polite">
      {waiting && isLong ? (
        <Notice title={t("crm.slow.title", { name })}>{t("crm.slow.text")}</Notice>
      ) : null}
    </div>
  );
}
