// A setting of how pages open, in a few words.
import { useTranslation } from "react-i18next";
import type { PopManner } from "@/api/types";

export function useMannerText(): (manner: PopManner) => string {
  const { t } = useTranslation();
  return ({ mode, trigger }) =>
    mode === "automatic" ? t(`phone.pops.automatic_when.${trigger}`) : t(`phone.pops.${mode}`);
}
