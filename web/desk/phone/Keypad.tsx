// The keys of a phone, for menus at the other end ("press 1 for …").
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;
const NAMES: Partial<Record<string, "star" | "hash">> = { "*": "star", "#": "hash" };

export function Keypad({ onPress }: { onPress(key: string): void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="lc-keypad">
      <legend className="lc-unseen">{t("desk.phone.keys")}</legend>
      {KEYS.map((key) => {
        const name = NAMES[key];
        return (
          <Button
            key={key}
            variant="default"
            aria-label={name ? t(`desk.phone.${name}`) : undefined}
            onClick={() => onPress(key)}
          >
            {key}
          </Button>
        );
      })}
    </fieldset>
  );
}
