// Which numbers agents may call by a click: what guards against toll fraud.
import { Anchor, Stack, TagsInput, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface DialRangesProps {
  denied: string[];
  allowed: string[];
  onDenied(prefixes: string[]): void;
  onAllowed(prefixes: string[]): void;
  errors: { denied?: ReactNode; allowed?: ReactNode };
}

export function DialRanges({ denied, allowed, onDenied, onAllowed, errors }: DialRangesProps) {
  const { t } = useTranslation();
  // Comma, space and Enter end a range; what is left in the field counts too.
  const ends = { splitChars: [",", " ", ";"], acceptValueOnBlur: true };
  return (
    <Stack gap="sm">
      <div>
        <Title order={2}>{t("settings.dial")}</Title>
        <Text c="dimmed" fz="sm">
          {t("settings.dial_text")}{" "}
          <Anchor component={Link} to="/settings/audit-log" underline="always">
            {t("settings.dial_log")}
          </Anchor>
        </Text>
      </div>
      <TagsInput
        label={t("settings.denied")}
        description={t("settings.denied_text")}
        value={denied}
        onChange={onDenied}
        error={errors.denied}
        {...ends}
      />
      <TagsInput
        label={t("settings.allowed")}
        description={t("settings.allowed_text")}
        placeholder={allowed.length === 0 ? t("settings.allowed_none") : undefined}
        value={allowed}
        onChange={onAllowed}
        error={errors.allowed}
        {...ends}
      />
    </Stack>
  );
}

/** A plus and 1 to 15 digits. */
export function prefixIsGood(prefix: string): boolean {
  return /^\+\d{1,15}$/.test(prefix);
}
