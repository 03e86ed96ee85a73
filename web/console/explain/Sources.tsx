// What every phonebook and CRM was asked, in which spellings, and what came back.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ExplainedSource, Explanation } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { Said } from "@/theme/Said";
import { FoundRecord } from "./FoundRecord";

/** More spellings than these are told by their number only. */
const SHOWN = 12;

export function Sources({ told }: { told: Explanation }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      {told.not_asked ? (
        <Text fz="sm">
          {textOr(t, "explain.reason", told.not_asked, told.not_asked, {
            extension: told.extension ?? "–",
          })}
        </Text>
      ) : null}
      {told.sources.map((source) => (
        <Source key={source.connection} source={source} told={told} />
      ))}
      {told.sources.length === 0 ? <Text fz="sm">{t("explain.reason.no_crm")}</Text> : null}
    </Stack>
  );
}

function Source({ source, told }: { source: ExplainedSource; told: Explanation }) {
  const { t } = useTranslation();
  const ms = String(source.took_ms ?? 0);
  return (
    <section aria-label={source.name} className="lc-source">
      <Group gap="xs" mb={4}>
        <Text fw={650}>{source.name}</Text>
        {source.records ? (
          <Badge variant="default" radius="sm" tt="none">
            {source.remembered ? t("explain.remembered") : t("explain.live", { ms })}
          </Badge>
        ) : null}
      </Group>
      {source.phonebook ? (
        <div>
          <Text fz="sm" c="dimmed">
            {t("explain.phonebook_knows", { name: source.phonebook.name })}
          </Text>
          <Records records={source.phonebook.records} />
        </div>
      ) : null}
      {source.phonebook && !source.not_asked ? (
        <Text fz="sm" c="dimmed" mt={6}>
          {t("explain.crm_said")}
        </Text>
      ) : null}
      {source.not_asked ? (
        <Text fz="sm">
          {textOr(t, "explain.not_asked", source.not_asked, source.not_asked, {
            extension: told.extension ?? "–",
          })}
        </Text>
      ) : null}
      {source.failure ? (
        <>
          <Text fz="sm">
            {t("explain.failed_after", { ms })}{" "}
            {textOr(t, "problems", source.failure, source.failure)}
          </Text>
          <Said words={source.words} advice={source.advice} />
        </>
      ) : null}
      {source.records ? <Records records={source.records} /> : null}
      {source.spellings.length > 0 ? (
        <Text fz="sm" c="dimmed" mt={6} className="lc-wrap">
          {t("explain.spellings")}: {source.spellings.slice(0, SHOWN).join(" · ")}
          {source.spellings.length > SHOWN ? ` · +${source.spellings.length - SHOWN}` : ""}
        </Text>
      ) : null}
    </section>
  );
}

function Records({ records }: { records: NonNullable<ExplainedSource["records"]> }) {
  const { t } = useTranslation();
  if (records.length === 0) return <Text fz="sm">{t("explain.knows_nobody")}</Text>;
  return (
    <ul className="lc-records">
      {records.map((record) => (
        <li key={`${record.module} ${record.id}`}>
          <FoundRecord record={record} />
        </li>
      ))}
    </ul>
  );
}
