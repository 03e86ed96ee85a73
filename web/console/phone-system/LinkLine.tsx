// How a link to a phone system is, in words, with the way out when it is not well.
import { Code, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Link, LinkStateName } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { Notice } from "@/theme/Notice";
import { StatusDot, type Tone } from "@/theme/StatusDot";

const TONES: Record<LinkStateName, Tone> = {
  connecting: "idle",
  up: "good",
  down: "warn",
  needs_person: "bad",
};

/** Of these the words are Linecard's own: names of what is concerned. */
const OURS: ReadonlySet<string> = new Set(["unknown_endpoint", "missing_events"]);

/** A link that is up and has something to say is not all well. */
export function linkTone(link: Link): Tone {
  return link.state === "up" && link.notices.length > 0 ? "warn" : TONES[link.state];
}

export function LinkState({ link }: { link: Link }) {
  const { t, i18n } = useTranslation();
  const since = link.since
    ? new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" }).format(
        new Date(link.since),
      )
    : null;
  return (
    <Group gap="xs">
      <StatusDot tone={linkTone(link)}>{t(`phone.state.${link.state}`)}</StatusDot>
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
      {link.notices.map(({ kind, words }) => (
        <Notice
          key={kind}
          tone="warn"
          title={t(`phone.problem.${kind}`)}
          words={OURS.has(kind) ? null : words}
        >
          {t(`phone.problem.${kind}_do`)} {OURS.has(kind) ? <Code>{words}</Code> : null}
        </Notice>
      ))}
    </Stack>
  );
}
