// How a link to a phone system is, in words, with the way out when it is not well.
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Link, LinkStateName } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import { StatusDot, type Tone } from "@/theme/StatusDot";

export const LINK_TONES: Record<LinkStateName, Tone> = {
  connecting: "idle",
  up: "good",
  down: "warn",
  needs_person: "bad",
};

export function LinkState({ link }: { link: Link }) {
  const { t, i18n } = useTranslation();
  const since = link.since
    ? new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" }).format(
        new Date(link.since),
      )
    : null;
  return (
    <Group gap="xs">
      <StatusDot tone={LINK_TONES[link.state]}>{t(`phone.state.${link.state}`)}</StatusDot>
      <Text fz="sm" c="dimmed">
        {[link.version, since ? t("labels.since", { time: since }) : null]
          .filter(Boolean)
          .join(" · ")}
      </Text>
    </Group>
  );
}

export function LinkLine({ link }: { link: Link }) {
  const { t } = useTranslation();
  const problem = link.problem;
  return (
    <Stack gap="sm">
      <LinkState link={link} />
      {problem ? (
        <Notice
          tone={link.state === "needs_person" ? "bad" : "warn"}
          title={t(`phone.problem.${problem.kind}`)}
          words={problem.words}
        >
          {t(`phone.problem.${problem.kind}_do`)}
        </Notice>
      ) : null}
    </Stack>
  );
}
