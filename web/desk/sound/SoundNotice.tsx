// A device that was chosen is not there: what is used instead, until it is back.
import { useTranslation } from "react-i18next";
import { Notice } from "@/theme/Notice";

export function SoundNotice({ lost }: { lost: readonly string[] }) {
  const { t } = useTranslation();
  if (lost.length === 0) return null;
  return (
    <Notice tone="warn" title={t("desk.sound.lost", { names: lost.join(", ") })}>
      {t("desk.sound.lost_text")}
    </Notice>
  );
}
