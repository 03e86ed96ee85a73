// The figures of the moment, each leading to where it is made up.
import { Anchor, Paper, SimpleGrid, Skeleton, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Health } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import "../health/health.css";

const FIGURES = ["calls", "on_duty", "waiting", "parked"] as const;

const PAGES = {
  calls: "/calls",
  on_duty: "/extensions",
  waiting: "/calls/not-written",
  parked: "/calls/not-written",
} as const;

export function Figures({ health }: { health: Health | undefined }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n);
  const number = new Intl.NumberFormat(locale);
  const values = health ? valuesOf(health) : null;
  const oldest = health ? oldestOf(health) : undefined;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} component="section" aria-label={t("console.home.now")}>
      {FIGURES.map((figure) => (
        <Paper key={figure} p="lg" className="lc-figure">
          {values ? (
            <Text fz={28} fw={680} lh="2.25rem" h="2.25rem" data-figure={figure}>
              {number.format(values[figure])}
            </Text>
          ) : (
            <Skeleton h="2.25rem" w="4rem">
              <VisuallyHidden>{t("page.loading")}</VisuallyHidden>
            </Skeleton>
          )}
          <Anchor fz="sm" c="dimmed" renderRoot={(props) => <Link to={PAGES[figure]} {...props} />}>
            {t(`console.home.${figure}`)}
          </Anchor>{" "}
          {figure === "waiting" && oldest ? (
            <Text span fz="sm" c="dimmed">
              {t("console.home.oldest", { time: momentText(oldest, locale) })}
            </Text>
          ) : null}
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function valuesOf(health: Health): Record<(typeof FIGURES)[number], number> {
  const sum = (of: "waiting" | "parked") =>
    health.connections.reduce((total, connection) => total + connection[of], 0);
  return {
    calls: health.calls,
    on_duty: health.agents_on_duty,
    waiting: sum("waiting"),
    parked: sum("parked"),
  };
}

function oldestOf(health: Health): string | undefined {
  return health.connections
    .map((one) => one.oldest_waiting)
    .filter((at) => typeof at === "string")
    .sort()[0];
}
