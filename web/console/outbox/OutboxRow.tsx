// One thing that is not written yet: what, for whom, how often it was tried, the CRM's words, and
// what to do.
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OutboxJob } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { Said } from "@/theme/Said";
import { StatusDot, type Tone } from "@/theme/StatusDot";
import { crmName } from "../calls/names";

const TONES: Record<OutboxJob["state"], Tone> = {
  waiting: "warn",
  under_way: "warn",
  waiting_for_person: "bad",
  parked: "bad",
};

export interface OutboxRowProps {
  job: OutboxJob;
  busy: boolean;
  onReplay(): void;
}

export function OutboxRow({ job, busy, onReplay }: OutboxRowProps) {
  const { t, i18n } = useTranslation();
  const time = (at: string) =>
    new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "short", timeStyle: "short" }).format(
      new Date(at),
    );
  return (
    <li className="lc-job">
      <div className="lc-grow">
        <Text fz="sm" component="div">
          <StatusDot tone={TONES[job.state]}>{t(`outbox.state.${job.state}`)}</StatusDot>
        </Text>
        <Text fz="sm" fw={550} className="lc-wrap">
          {[
            textOr(t, "outbox.kind", job.kind, job.kind),
            crmName(job.crm),
            job.extension,
            job.who_name,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
        {job.description ? (
          <Text fz="sm" className="lc-wrap">
            {job.description}
          </Text>
        ) : null}
        <Said words={job.words} advice={job.advice} />
        <Text fz="xs" c="dimmed">
          {[
            time(job.created),
            t("outbox.attempts", { n: String(job.attempts) }),
            job.next_attempt ? t("outbox.next", { time: time(job.next_attempt) }) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </div>
      {job.state === "parked" ? (
        <Button variant="default" size="xs" flex="none" loading={busy} onClick={onReplay}>
          {t("outbox.replay")}
        </Button>
      ) : null}
    </li>
  );
}
