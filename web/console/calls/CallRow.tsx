// One call in the list; a click shows its legs and what was written.
import { Collapse, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { DirectionArrow } from "@/theme/DirectionArrow";
import { IconChevronDown } from "@/theme/icons";
import { StatusDot } from "@/theme/StatusDot";
import { CallDetails } from "./CallDetails";
import { agentOf, inProgress, journalState, lengthsOf, outsideOf } from "./reading";

/** Only those who call in wait in a line. */
function stateName({ state, direction }: Call): Call["state"] | "dialling" {
  return state === "waiting" && direction !== "inbound" ? "dialling" : state;
}

export function CallRow({ call }: { call: Call }) {
  const { t, i18n } = useTranslation();
  const [open, { toggle }] = useDisclosure(false);
  const details = useId();
  const outside = outsideOf(call);
  const agent = agentOf(call);
  const journal = journalState(call);
  const running = inProgress(call);
  const outcome = running
    ? t(`calls.state.${stateName(call)}`)
    : textOr(t, "calls.outcome", call.outcome, call.outcome ?? "–");
  return (
    <li>
      <UnstyledButton
        className="lc-call"
        onClick={toggle}
        aria-expanded={open}
        aria-controls={details}
      >
        <DirectionArrow of={call.direction} />
        <span className="lc-cut">
          {/* A name may be cut; a number with its end cut off is another number. */}
          <Text
            className={outside.name ? "lc-cut" : "lc-wrap"}
            fw={600}
            title={outside.name ?? undefined}
          >
            {outside.name ?? outside.number ?? t("calls.withheld")}
          </Text>
          {outside.name ? (
            <Text className="lc-wrap" fz="sm" c="dimmed">
              {outside.number ?? t("calls.withheld")}
            </Text>
          ) : null}
        </span>
        <span className="lc-cut lc-call-agent">
          <Text className="lc-cut" fz="sm" title={agent?.name ?? undefined}>
            {agent ? [agent.extension, agent.name].filter(Boolean).join(" ") : "–"}
          </Text>
          {call.queue ? (
            <Text className="lc-cut" fz="xs" c="dimmed">
              {t("desk.queue", { name: call.queue })}
            </Text>
          ) : null}
        </span>
        <span className="lc-call-outcome">
          <Text fz="sm">{outcome}</Text>
          {call.talk_ms ? (
            <Text fz="xs" c="dimmed" title={call.estimated ? t("calls.estimated_text") : undefined}>
              {lengthsOf(call)(call.talk_ms)}
              {call.estimated ? ` (${t("calls.estimated")})` : ""}
            </Text>
          ) : null}
          {call.reconciled ? (
            <Text fz="xs" c="dimmed" title={t("calls.reconciled_text")}>
              {t("calls.reconciled")}
            </Text>
          ) : null}
        </span>
        <span className="lc-call-crm">
          {journal ? (
            <StatusDot tone={journal.tone}>{t(`calls.entry.${journal.state}`)}</StatusDot>
          ) : (
            <Text fz="sm" c="dimmed">
              –
            </Text>
          )}
        </span>
        <Text className="lc-call-time" fz="sm" c="dimmed" component="time" dateTime={call.started}>
          {momentText(call.started, localeOf(i18n))}
        </Text>
        <IconChevronDown
          size={17}
          aria-hidden
          className={open ? "lc-call-more lc-turned" : "lc-call-more"}
        />
      </UnstyledButton>
      <Collapse expanded={open} id={details}>
        <CallDetails call={call} />
      </Collapse>
    </li>
  );
}
