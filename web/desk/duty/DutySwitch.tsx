// On duty or off. The click to go on duty is also the one that lets the browser ring.
import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface DutySwitchProps {
  on: boolean;
  disabled: boolean;
  onTurn(on: boolean): void;
}

export function DutySwitch({ on, disabled, onTurn }: DutySwitchProps) {
  const { t } = useTranslation();
  return (
    <Switch
      size="md"
      fw={600}
      className="lc-nowrap"
      label={on ? t("desk.on_duty") : t("desk.off_duty")}
      aria-label={t("desk.on_duty")}
      checked={on}
      disabled={disabled}
      onChange={(event) => onTurn(event.currentTarget.checked)}
    />
  );
}
