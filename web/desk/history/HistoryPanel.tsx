// The agent's own calls, folded away, with how many were missed.
import { Badge, Collapse, Paper, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { IconChevronDown, IconHistory } from "@/theme/icons";
import { Loading } from "@/theme/Loaded";
import type { Callee } from "../dial/useDial";
import "./history.css";
import type { History } from "./useHistory";

const HistoryList = lazy(async () => {
  const { HistoryList } = await import("./HistoryList");
  return { default: HistoryList };
});

export interface HistoryPanelProps {
  history: History;
  /** Whether a call would reach the phone system. */
  reachable: boolean;
  onCall(callee: Callee): void;
}

export function HistoryPanel({ history, reachable, onCall }: HistoryPanelProps) {
  const { t } = useTranslation();
  const [open, { toggle }] = useDisclosure(false);
  const list = useId();
  const { missed, look } = history;
  // What comes while the list is open is looked at, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` is another one each time
  useEffect(() => {
    if (open && missed > 0) look();
  }, [open, missed]);
  return (
    <Paper component="section" aria-label={t("desk.history.title")}>
      <UnstyledButton
        className="lc-history-head"
        onClick={toggle}
        aria-expanded={open}
        aria-controls={list}
      >
        <IconHistory size={20} aria-hidden />
        <Text fw={600} component="span">
          {t("desk.history.title")}
        </Text>
        {missed > 0 ? (
          <Badge color="red" variant="filled" tt="none">
            {t("desk.history.missed", { n: String(missed) })}
          </Badge>
        ) : null}
        <IconChevronDown
          size={18}
          aria-hidden
          className={open ? "lc-history-more lc-turned" : "lc-history-more"}
        />
      </UnstyledButton>
      <Collapse expanded={open} id={list}>
        {open ? (
          <Suspense fallback={<Loading />}>
            <HistoryList history={history} reachable={reachable} onCall={onCall} />
          </Suspense>
        ) : null}
      </Collapse>
    </Paper>
  );
}
