// Why a row is not taken, in the reader's words, with the column.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { textOr } from "@/texts/lookup";

export function Reason({
  code,
  column,
  detail,
}: {
  code: string;
  column?: number | null;
  detail?: string;
}) {
  const { t } = useTranslation();
  const why = textOr(t, "contact_imports.reason", code, detail ?? code);
  return (
    <Text fz="sm" c="light-dark(#9a4b00, #f0b45c)">
      {column ? t("contact_imports.in_column", { column, why }) : why}
    </Text>
  );
}
