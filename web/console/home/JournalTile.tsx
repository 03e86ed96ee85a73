// How many calls wait to be written and how many a CRM refused.
import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Health } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { startText } from "../calls/reading";

export function JournalTile({ health }: { health: Health }) {
  const { t, i18n } = useTranslation();
  const waiting = health.connections.reduce((sum, one) => sum + one.waiting, 0);
  const parked = health.connections.reduce((sum, one) => sum + one.parked, 0);
  const oldest = health.connections
    .map((one) => one.oldest_waiting)
    .filter((at) => typeof at === "string")
    .sort()[0];
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("console.home.journal")}
      </Title>
      <Stack gap="sm">
        <SimpleGrid cols={2}>
          <Figure value={waiting} label={t("console.home.waiting")} />
          <Figure value={parked} label={t("console.home.parked")} />
        </SimpleGrid>
        <Text fz="sm" c="dimmed">
          {waiting === 0 && parked === 0 ? t("console.home.all_written") : null}
          {waiting > 0 && oldest
            ? t("console.home.oldest", { time: startText(oldest, localeOf(i18n)) })
            : null}
        </Text>
        {parked > 0 ? (
          <Anchor fz="sm" renderRoot={(props) => <Link to="/calls/not-written" {...props} />}>
            {t("console.home.parked_text")}
          </Anchor>
        ) : null}
      </Stack>
    </Paper>
  );
}

function Figure({ value, label }: { value: number; label: string }) {
  return (
    <div>
      <Text fz={28} fw={680} lh={1.2}>
        {value}
      </Text>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
    </div>
  );
}
