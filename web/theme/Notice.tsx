// A boxed message: what happened, what to do, and the other side's own words as plain text.
import { Alert, Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconAlertTriangle, IconInfoCircle } from "./icons";

export interface NoticeProps {
  tone?: "bad" | "warn" | "info";
  title: string;
  children?: ReactNode;
  /** The CRM's or the phone system's words. */
  words?: string | null;
}

const COLOURS = { bad: "red", warn: "yellow", info: "line" } as const;

export function Notice({ tone = "info", title, children, words }: NoticeProps) {
  const { t } = useTranslation();
  const Icon = tone === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert
      color={COLOURS[tone]}
      variant="light"
      radius="md"
      icon={<Icon aria-hidden="true" />}
      title={title}
      role={tone === "bad" ? "alert" : undefined}
      className={`lc-notice lc-notice-${tone}`}
    >
      <Stack gap={6}>
        {children ? (
          <Text fz="sm" component="div">
            {children}
          </Text>
        ) : null}
        {words ? (
          <Text fz="sm" c="dimmed" component="div">
            {t("common.their_words")}: <Code className="lc-wrap">{words}</Code>
          </Text>
        ) : null}
      </Stack>
    </Alert>
  );
}
