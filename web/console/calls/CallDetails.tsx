// A call's facts, its legs, and its entries in the CRMs.
import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Call, CallLeg } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { Entry } from "./Entry";
import { inProgress, lengthsOf } from "./reading";

export function CallDetails({ call }: { call: Call }) {
  const { t, i18n } = useTranslation();
  const length = lengthsOf(call);
  const facts: [string, string][] = [
    [
      t("calls.time"),
      new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "medium" }).format(
        new Date(call.started),
      ),
    ],
  ];
  if (call.did) facts.push([t("calls.dialled"), call.did]);
  if (call.queue) facts.push([t("calls.queue"), call.queue]);
  if (call.wait_ms) facts.push([t("calls.waited"), length(call.wait_ms)]);
  if (call.talk_ms) facts.push([t("calls.talk"), length(call.talk_ms)]);
  return (
    <div className="lc-call-details">
      <section>
        <Title order={2} fz="sm" mb={6}>
          {t("calls.entries")}
        </Title>
        {call.entries.map((entry) => (
          <Entry key={`${entry.crm} ${entry.extension ?? ""}`} entry={entry} call={call.id} />
        ))}
        {call.entries.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {inProgress(call) ? t("calls.in_progress") : t("calls.no_entries")}
            {inProgress(call) || call.direction === "internal" ? null : (
              <>
                {" "}
                <Anchor
                  inherit
                  renderRoot={(props) => (
                    <Link to="/explain" search={{ call: call.id }} {...props} />
                  )}
                >
                  {t("explain.why")}
                </Anchor>
              </>
            )}
          </Text>
        ) : null}
      </section>
      <section>
        <Title order={2} fz="sm" mb={6}>
          {t("calls.legs")}
        </Title>
        <Stack gap={6}>
          {call.legs.map((leg) => (
            <Leg
              key={leg.extension}
              leg={leg}
              length={length}
              ofRecord={call.legs.length > 1 && leg.extension === call.agent}
            />
          ))}
        </Stack>
      </section>
      <section>
        <Title order={2} fz="sm" mb={6}>
          {t("calls.facts")}
        </Title>
        {facts.map(([name, value]) => (
          <Text key={name} fz="sm">
            <Text span c="dimmed" inherit>
              {name}:{" "}
            </Text>
            {value}
          </Text>
        ))}
        {call.reconciled ? (
          <Text fz="sm" c="dimmed">
            {t("calls.reconciled_text")}
          </Text>
        ) : null}
      </section>
    </div>
  );
}

interface LegProps {
  leg: CallLeg;
  length(ms: number): string;
  /** It answers for the call, and others took part. */
  ofRecord: boolean;
}

function Leg({ leg, length, ofRecord }: LegProps) {
  const { t } = useTranslation();
  const became = leg.forwarded
    ? t("calls.forwarded")
    : textOr(t, "calls.outcome", leg.outcome, leg.outcome ?? "–");
  const times = [
    ofRecord ? t("calls.of_record") : null,
    leg.picked_up ? t("calls.picked_up") : null,
    leg.ring_ms ? t("calls.ring_time", { time: length(leg.ring_ms) }) : null,
    leg.talk_ms ? t("calls.talk_time", { time: length(leg.talk_ms) }) : null,
    leg.hold_ms ? t("calls.hold_time", { time: length(leg.hold_ms) }) : null,
  ].filter(Boolean);
  return (
    <div>
      <Text fz="sm" className="lc-wrap">
        <Text span fw={650} inherit>
          {leg.extension}
        </Text>{" "}
        {leg.name}
      </Text>
      <Text fz="sm" c="dimmed">
        <Text span c="var(--mantine-color-text)" inherit>
          {became}
        </Text>
        {times.map((time) => ` · ${time}`)}
      </Text>
    </div>
  );
}
