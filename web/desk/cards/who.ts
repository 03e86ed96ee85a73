// How a caller is called: by the CRM's name, else a phonebook's, else the phone's, else the number.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "@/api/desk";

export function useWho(): (card: Card) => string {
  const { t } = useTranslation();
  return useCallback(
    (card) =>
      card.contact?.name ||
      card.in_phonebooks?.[0]?.name ||
      card.name_from_phone ||
      card.number ||
      t("desk.withheld"),
    [t],
  );
}
