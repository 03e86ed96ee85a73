// What was kept of a call when it ended, and the way to write it later once nothing stands against
// it any more.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { Explanation } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { Said } from "@/theme/Said";
import { StatusDot } from "@/theme/StatusDot";
import { crmName } from "../calls/names";
import { entryTone } from "../calls/reading";
import { Part } from "./Answer";

export function Recorded({ told, onLogged }: { told: Explanation; onLogged(): Promise<unknown> }) {
  const { t, i18n } = useTranslation();
  const { recorded } = told;
  if (!recorded) return null;
  const reason = recorded.reason
    ? textOr(t, "calls.reason", recorded.reason, recorded.words ?? recorded.reason, {
        extension: told.extension ?? "–",
      })
    : null;
  const at = recorded.at
    ? new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" }).format(
        new Date(recorded.at),
      )
    : null;
  return (
    <Part title={t("explain.recorded")}>
      {recorded.state ? (
        <>
          <Group gap="xs">
            <StatusDot tone={entryTone({ state: recorded.state })}>
              {t(`calls.entry.${recorded.state}`)}
            </StatusDot>
            <Text fz="sm" c="dimmed">
              {[crmName(recorded.crm), told.extension].filter(Boolean).join(" · ")}
            </Text>
          </Group>
          {recorded.who_name ? (
            <Text fz="sm" className="lc-wrap">
              {t("calls.entry_for", { who: recorded.who_name })}
            </Text>
          ) : null}
          {reason ? <Text fz="sm">{reason}</Text> : null}
          <Said
            words={recorded.words === reason ? null : recorded.words}
            advice={recorded.advice}
          />
          {at ? (
            <Text fz="sm" c="dimmed">
              {t("explain.recorded_at", { time: at })}
            </Text>
          ) : null}
          {recorded.another ? <Text fz="sm">{t("explain.another")}</Text> : null}
          <LogNow told={told} onLogged={onLogged} />
        </>
      ) : (
        <Text fz="sm">{t("explain.recorded_none")}</Text>
      )}
      {recorded.reconciled ? (
        <Text fz="sm" c="dimmed">
          {t("calls.reconciled_text")}
        </Text>
      ) : null}
    </Part>
  );
}

/** Offered where the call was not written and today's rules would write it. */
function LogNow({ told, onLogged }: { told: Explanation; onLogged(): Promise<unknown> }) {
  const { t } = useTranslation();
  const { recorded } = told;
  const log = useMutation({
    mutationFn: (key: string) =>
      answer(api.POST("/api/v1/entries/{key}/log", { params: { path: { key } } })),
    onSuccess: async () => {
      notifications.show({ message: t("explain.log_now_done"), color: "teal" });
      await onLogged();
    },
  });
  const verdict = told.log[0]?.verdict;
  const key = recorded?.entry;
  if (recorded?.state !== "skipped" || !key || verdict?.happens !== "yes") return null;
  return (
    <Group gap="sm" mt="xs">
      <ProblemNotice error={log.error} />
      <Text fz="sm">
        {t("explain.log_now", {
          who: verdict.who?.name || t("explain.nobody_named"),
          crm: crmName(verdict.crm) ?? t("calls.crm"),
        })}
      </Text>
      <Button size="xs" loading={log.isPending} onClick={() => log.mutate(key)}>
        {t("explain.log_now_button")}
      </Button>
    </Group>
  );
}
