// A boxed message: what happened, what to do, and the other side's own words as plain text.
import { Alert, Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CrmAdvice } from "@/api/types";
import { adviceText } from "@/texts/advice";
import { IconAlertTriangle, IconInfoCircle } from "./icons";

export interface NoticeProps {
  tone?: "bad" | "warn" | "info";
  title: string;
  children?: ReactNode;
  /** The CRM's or the phone system's words. */
  words?: string | null;
  /** What Linecard knows about a CRM's failure. */
  advice?: CrmAdvice | null;
}

// Mantine's alert titles take the alert's colour, which misses AA on its own tint.
const TONES = {
  bad: ["light-dark(#fdf1f0, #2c1b1e)", "light-dark(#f3c6c2, #5c2b2b)"],
  warn: ["light-dark(#fdf7e7, #2a2416)", "light-dark(#f1dcae, #57451c)"],
  info: ["light-dark(#f2f6ff, #182036)", "light-dark(#d3def8, #2c3c66)"],
} as const;

export function Notice({ tone = "info", title, children, words, advice }: NoticeProps) {
  const { t } = useTranslation();
  const told = adviceText(t, advice);
  const Icon = tone === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert
      vars={() => ({
        root: {
          "--alert-bg": TONES[tone][0],
          "--alert-bd": `1px solid ${TONES[tone][1]}`,
          "--alert-color": "var(--mantine-color-text)",
        },
      })}
      radius="md"
      icon={<Icon aria-hidden="true" />}
      title={title}
      role={tone === "bad" ? "alert" : undefined}
    >
      <Stack gap={6}>
        {children ? (
          <Text fz="sm" component="div">
            {children}
          </Text>
        ) : null}
        {told ? (
          <Text fz="sm" fw={550} className="lc-wrap">
            {told}
          </Text>
        ) : null}
        {words ? (
          <Text fz="sm" c="dimmed" component="div">
            {t("labels.their_words")}: <Code className="lc-wrap">{words}</Code>
          </Text>
        ) : null}
      </Stack>
    </Alert>
  );
}
