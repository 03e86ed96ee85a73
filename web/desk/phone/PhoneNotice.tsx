// What an agent must know of the softphone before the next call.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/theme/Notice";
import type { PhoneHandle } from "./useSoftphone";

export function PhoneNotice({ softphone }: { softphone: PhoneHandle }) {
  const { t } = useTranslation();
  const { state, trouble } = softphone.phone;
  if (state === "off") return null;
  return (
    <>
      {trouble ? (
        <Notice tone="warn" title={t(`desk.phone.trouble.${trouble}`)}>
          <p>{t(`desk.phone.trouble_do.${trouble}`)}</p>
          <Button size="xs" variant="default" onClick={softphone.tryMicrophone}>
            {t("desk.phone.try_again")}
          </Button>
        </Notice>
      ) : null}
      {state === "connecting" ? <Notice title={t("desk.phone.connecting")} /> : null}
      {state === "waiting" ? (
        <Notice tone="warn" title={t("desk.phone.waiting")}>
          {t("desk.phone.waiting_do")}
        </Notice>
      ) : null}
      {state === "refused" ? (
        <Notice tone="warn" title={t("desk.phone.refused")}>
          {t("desk.phone.refused_do")}
        </Notice>
      ) : null}
    </>
  );
}
