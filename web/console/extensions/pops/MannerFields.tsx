// How pages open at one kind of client: who opens them, and when (D2 to D8).
import { Fieldset, Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PopManner } from "@/api/types";
import { useMannerText } from "./useMannerText";

export const CLIENTS = ["web", "desktop"] as const;

const MODES = ["off", "automatic", "manual"] as const;
const TRIGGERS = ["ringing", "answered", "ended"] as const;
const AS_THE_ORGANISATION = "default";

export interface MannerFieldsProps {
  client: (typeof CLIENTS)[number];
  /** `null`: as the organisation has it. */
  value: PopManner | null;
  /** What the organisation has, where that may be chosen. */
  fallback?: PopManner;
  onChange(value: PopManner | null): void;
}

export function MannerFields({ client, value, fallback, onChange }: MannerFieldsProps) {
  const { t } = useTranslation();
  const text = useMannerText();
  const choose = (chosen: string) => {
    const mode = MODES.find((it) => it === chosen);
    const trigger = value?.trigger ?? fallback?.trigger ?? "ringing";
    onChange(mode ? { mode, trigger } : null);
  };
  return (
    <Fieldset legend={t(`phone.pops.${client}`)}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t(`phone.pops.${client}_text`)}
        </Text>
        <Radio.Group
          label={t("phone.pops.mode")}
          value={value?.mode ?? AS_THE_ORGANISATION}
          onChange={choose}
        >
          <Stack gap={8} mt={6}>
            {fallback ? (
              <Radio
                value={AS_THE_ORGANISATION}
                label={t("phone.pops.default", { manner: text(fallback) })}
              />
            ) : null}
            <Radio value="off" label={t("phone.pops.off")} />
            <Radio
              value="automatic"
              label={t("phone.pops.automatic")}
              description={t("phone.pops.automatic_text")}
            />
            <Radio
              value="manual"
              label={t("phone.pops.manual")}
              description={t("phone.pops.manual_text")}
            />
          </Stack>
        </Radio.Group>
        {value?.mode === "automatic" ? (
          <Radio.Group
            label={t("phone.pops.trigger")}
            value={value.trigger}
            onChange={(chosen) => {
              const trigger = TRIGGERS.find((it) => it === chosen);
              if (trigger) onChange({ ...value, trigger });
            }}
          >
            <Stack gap={8} mt={6}>
              <Radio value="ringing" label={t("phone.pops.ringing")} />
              <Radio value="answered" label={t("phone.pops.answered")} />
              <Radio
                value="ended"
                label={t("phone.pops.ended")}
                description={t("phone.pops.ended_text")}
              />
            </Stack>
          </Radio.Group>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
