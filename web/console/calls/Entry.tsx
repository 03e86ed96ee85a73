// What was written to a CRM for one agent's part, or why nothing was.
import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CallEntry } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import { textOr } from "@/texts/lookup";
import { IconExternalLink } from "@/theme/icons";
import { StatusDot } from "@/theme/StatusDot";
import { entryTone } from "./reading";

const NAMES: Record<string, string> = { salesforce: "Salesforce" };

export function Entry({ entry }: { entry: CallEntry }) {
  const { t } = useTranslation();
  const crm = NAMES[entry.crm ?? ""] ?? entry.crm ?? t("calls.crm");
  const page = webAddress(entry.page);
  const who = webAddress(entry.who_page);
  const reason = entry.reason
    ? textOr(t, "calls.reason", entry.reason, entry.words ?? entry.reason, {
        extension: entry.extension ?? "",
      })
    : null;
  return (
    <div className="lc-entry">
      <Group gap="xs">
        <StatusDot tone={entryTone(entry)}>{t(`calls.entry.${entry.state}`)}</StatusDot>
        <Text fz="sm" c="dimmed">
          {[crm, entry.extension].filter(Boolean).join(" · ")}
        </Text>
      </Group>
      {entry.who_name ? (
        <Text fz="sm" className="lc-wrap">
          {who ? (
            <Anchor href={who} target="_blank" rel="noopener noreferrer" inherit>
              {t("calls.entry_for", { who: entry.who_name })}
            </Anchor>
          ) : (
            t("calls.entry_for", { who: entry.who_name })
          )}
        </Text>
      ) : null}
      {entry.description ? (
        <Text fz="sm" className="lc-wrap">
          {entry.description}
        </Text>
      ) : null}
      {reason ? <Text fz="sm">{reason}</Text> : null}
      {entry.words && entry.words !== reason ? (
        <Text fz="sm" c="dimmed" className="lc-wrap">
          {t("labels.their_words")}: {entry.words}
        </Text>
      ) : null}
      {page ? (
        <Anchor href={page} target="_blank" rel="noopener noreferrer" fz="sm">
          {t("calls.entry_open", { crm })} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      ) : null}
    </div>
  );
}
