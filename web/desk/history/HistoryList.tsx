// The calls one below the other, the newest first, each with a button that calls back.
import { ActionIcon, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { measured } from "@/texts/duration";
import { localeOf, textOr } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { DirectionArrow } from "@/theme/DirectionArrow";
import { Empty } from "@/theme/Empty";
import { IconHistory, IconPhoneOutgoing } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { More } from "@/theme/More";
import type { HistoryPanelProps } from "./HistoryPanel";
import type { PastCall } from "./history";

export function HistoryList({ history, reachable, onCall }: HistoryPanelProps) {
  const { t } = useTranslation();
  const { of, calls } = history;
  return (
    <Loaded of={of}>
      {() =>
        calls.length === 0 ? (
          <Empty
            icon={IconHistory}
            title={t("desk.history.none")}
            text={t("desk.history.none_text")}
          />
        ) : (
          <>
            <ul className="lc-history">
              {calls.map((call) => (
                <Row key={call.id} call={call} reachable={reachable} onCall={onCall} />
              ))}
            </ul>
            <More of={of} text={t("calls.more")} />
          </>
        )
      }
    </Loaded>
  );
}

interface RowProps extends Omit<HistoryPanelProps, "history"> {
  call: PastCall;
}

function Row({ call, reachable, onCall }: RowProps) {
  const { t, i18n } = useTranslation();
  const { name, number, callee } = call;
  const who = name ?? number ?? t("calls.withheld");
  const back = t("desk.history.call", { who });
  return (
    <li data-missed={call.missed || undefined}>
      <DirectionArrow of={call.direction} />
      <span className="lc-history-who">
        <Text className={name ? "lc-cut" : "lc-wrap"} fw={600} title={name ?? undefined}>
          {who}
        </Text>
        {name ? (
          <Text className="lc-wrap" fz="sm" c="dimmed">
            {number ?? t("calls.withheld")}
          </Text>
        ) : null}
      </span>
      <span className="lc-history-how">
        <Text fz="sm" className="lc-history-outcome">
          {textOr(t, "calls.outcome", call.outcome, call.outcome ?? "–")}
          {call.talkMs > 0 ? ` · ${measured(call.talkMs)}` : ""}
        </Text>
        <Text fz="sm" c="dimmed" component="time" dateTime={call.started}>
          {momentText(call.started, localeOf(i18n))}
        </Text>
      </span>
      {callee ? (
        <Tooltip label={back}>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={back}
            disabled={!reachable}
            onClick={() => onCall(callee)}
          >
            <IconPhoneOutgoing size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span />
      )}
    </li>
  );
}
