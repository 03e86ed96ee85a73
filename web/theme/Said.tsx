// What was said about a failure, in a list: what Linecard knows about it, in the reader's language,
// and the other side's own words, as they are.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmAdvice } from "@/api/types";
import { adviceText } from "@/texts/advice";

export interface SaidProps {
  words?: string | null;
  advice?: CrmAdvice | null;
}

export function Said({ words, advice }: SaidProps) {
  // Its texts are among those that Home does not wait for: they appear when they are there.
  const { t } = useTranslation(["translation", "later"], { useSuspense: false });
  const told = adviceText(t, advice);
  return (
    <>
      {told ? (
        <Text fz="sm" fw={550} className="lc-wrap">
          {told}
        </Text>
      ) : null}
      {words ? (
        <Text fz="sm" c="dimmed" className="lc-wrap">
          {t("labels.their_words")}: {words}
        </Text>
      ) : null}
    </>
  );
}
