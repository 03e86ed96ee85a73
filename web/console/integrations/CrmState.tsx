// A CRM connection's state in words (A12).
import { useTranslation } from "react-i18next";
import type { CrmStatus } from "@/api/types";
import { StatusDot, type Tone } from "@/theme/StatusDot";

const TONES: Record<CrmStatus, Tone> = {
  connected: "good",
  disabled: "idle",
  not_connected: "idle",
  needs_attention: "bad",
};

export function CrmState({ status }: { status: CrmStatus }) {
  const { t } = useTranslation();
  return <StatusDot tone={TONES[status]}>{t(`crm.status.${status}`)}</StatusDot>;
}
