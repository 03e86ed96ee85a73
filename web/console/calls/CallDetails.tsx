// A call's course, its entries in the CRMs, and its facts.
import { Anchor, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Call } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { CallCourse } from "./CallCourse";
import { CallSound } from "./CallSound";
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
      {call.legs.length > 0 ? (
        <section className="lc-call-course">
          <Title order={2} fz="sm" mb={6}>
            {t("calls.legs")}
          </Title>
          <CallCourse call={call} />
        </section>
      ) : null}
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
                  underline="always"
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
      <CallSound call={call} />
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
