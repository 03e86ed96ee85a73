// The whole explanation: what becomes of the call first, then how it came to that.
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Explanation } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { Created } from "./Created";
import { Reading } from "./Reading";
import { Recorded } from "./Recorded";
import { Sources } from "./Sources";
import { Verdicts } from "./Verdicts";
import { Winner } from "./Winner";

export interface AnswerProps {
  told: Explanation;
  /** The call that was, where one is explained. */
  call: string | null;
  refetch(): Promise<unknown>;
  children: ReactNode;
}

export function Answer({ told, call, refetch, children }: AnswerProps) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(localeOf(i18n), {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(told.at));
  return (
    <Stack gap="lg">
      {call ? <Text>{t("explain.of_call", { time })}</Text> : null}
      {told.recorded ? <Recorded told={told} onLogged={refetch} /> : null}
      <Part
        title={t("explain.verdicts")}
        aside={
          <Text fz="sm" c="dimmed">
            {seenFrom(told)}
          </Text>
        }
      >
        <Verdicts told={told} />
      </Part>
      <Part title={t("explain.winner")}>
        <Winner told={told} />
      </Part>
      <Part title={t("explain.sources")} aside={children}>
        <Sources told={told} />
      </Part>
      <Part title={t("explain.reading")}>
        <Reading told={told} />
      </Part>
      {told.created.length > 0 ? (
        <Part title={t("explain.created")}>
          <Created told={told} />
        </Part>
      ) : null}
    </Stack>
  );

  function seenFrom({ extension, extension_name: name }: Explanation): string {
    if (!extension) return t("explain.seen_from_nobody");
    return name
      ? t("explain.seen_from_named", { extension, name })
      : t("explain.seen_from", { extension });
  }
}

/** One part of the page; its heading names it for those who hear it. */
export function Part(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Paper component="section" p="lg" aria-label={props.title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2}>{props.title}</Title>
        {props.aside}
      </Group>
      {props.children}
    </Paper>
  );
}
