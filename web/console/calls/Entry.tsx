// What was written to a CRM for one agent's part, or why nothing was; and what can be done about
// it: a late note, another record.
import { Anchor, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CallEntry } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import { textOr } from "@/texts/lookup";
import { IconExternalLink } from "@/theme/icons";
import { Said } from "@/theme/Said";
import { StatusDot } from "@/theme/StatusDot";
import { LateDialog } from "./LateDialog";
import { LogLater } from "./LogLater";
import { crmName } from "./names";
import { RecordDialog } from "./RecordDialog";
import { ReplayEntry } from "./ReplayEntry";
import { entryTone } from "./reading";

export function Entry({ entry, call }: { entry: CallEntry; call: string }) {
  const { t } = useTranslation();
  const [noting, note] = useDisclosure(false);
  const [choosing, choose] = useDisclosure(false);
  const crm = crmName(entry.crm) ?? t("calls.crm");
  const page = webAddress(entry.page);
  const who = webAddress(entry.who_page);
  const recording = webAddress(entry.recording);
  const reason = entry.reason
    ? textOr(t, "calls.reason", entry.reason, entry.words ?? entry.reason, {
        extension: entry.extension ?? "",
      })
    : null;
  const late = [
    entry.disposition ? `${t("desk.file.disposition")}: ${entry.disposition}` : null,
    entry.note ? `${t("desk.file.note_label")}: ${entry.note}` : null,
  ].filter(Boolean);
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
      {late.map((text) => (
        <Text key={text} fz="sm" className="lc-wrap lc-lines">
          {text}
        </Text>
      ))}
      {late.length > 0 && !entry.late_written ? (
        <Text fz="sm" c="dimmed">
          {t("calls.late_waiting")}
        </Text>
      ) : null}
      {recording ? (
        <Anchor href={recording} target="_blank" rel="noopener noreferrer" fz="sm">
          {t("calls.recording")}
        </Anchor>
      ) : null}
      {reason ? (
        <Text fz="sm">
          {reason}{" "}
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to="/explain" search={{ call, extension: entry.extension }} {...props} />
            )}
          >
            {t("explain.why")}
          </Anchor>
        </Text>
      ) : null}
      {entry.without.map(({ what, words }) => (
        <Text key={what} fz="sm" className="lc-wrap">
          {t(`calls.without.${what}`)}{" "}
          <Text span c="dimmed" inherit>
            {words}
          </Text>
        </Text>
      ))}
      <Said words={entry.words === reason ? null : entry.words} advice={entry.advice} />
      {page ? (
        <Anchor href={page} target="_blank" rel="noopener noreferrer" fz="sm">
          {t("calls.entry_open", { crm })} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      ) : null}
      {entry.crm ? (
        <Group gap={4} ml={-8}>
          <Button variant="subtle" size="compact-xs" onClick={note.open}>
            {t("calls.late_edit")}
          </Button>
          <Button variant="subtle" size="compact-xs" onClick={choose.open}>
            {t("calls.choose")}
          </Button>
        </Group>
      ) : null}
      {entry.state === "skipped" ? <LogLater entry={entry} /> : null}
      {entry.state === "parked" ? <ReplayEntry entry={entry} /> : null}
      {noting ? <LateDialog entry={entry} onClose={note.close} /> : null}
      {choosing ? <RecordDialog entry={entry} onClose={choose.close} /> : null}
    </div>
  );
}
