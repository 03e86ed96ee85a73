// The daily figures: the days of the company, of an agent or of a queue as a chart and a table, and
// what agents and queues come to in those days.
import { Paper, SegmentedControl, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { figuresQuery } from "@/api/queries";
import type { DailyFigures } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { Empty } from "@/theme/Empty";
import { IconChartBar } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { DayChart } from "./DayChart";
import { type FigureSearch, figureSearch, lastDays, SPANS, spanOf } from "./days";
import { longDay } from "./dayText";
import { FigureTable } from "./FigureTable";
import { daysOf, everyDay, summed } from "./sums";
import "./figures.css";

export function FiguresPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/figures" });
  const usual = lastDays(30);
  const days = { from: search.from ?? usual.from, to: search.to ?? usual.to };
  const figures = useQuery(figuresQuery(days));
  const go = (part: FigureSearch) =>
    void navigate({ to: "/figures", search: figureSearch({ ...search, ...part }), replace: true });
  return (
    <>
      <PageHead title={t("figures.title")} text={t("figures.intro")} />
      <search className="lc-figure-days" aria-label={t("figures.span")}>
        <SegmentedControl
          aria-label={t("figures.span")}
          value={spanOf(days)}
          data={SPANS.map((n) => ({
            value: String(n),
            label: t("figures.last", { n: String(n) }),
          }))}
          onChange={(chosen) => go(lastDays(Number(chosen)))}
        />
        <TextInput
          type="date"
          label={t("calls.filter.from")}
          value={days.from}
          max={days.to}
          onChange={({ currentTarget }) => {
            if (currentTarget.value) go({ ...days, from: currentTarget.value });
          }}
        />
        <TextInput
          type="date"
          label={t("calls.filter.to")}
          value={days.to}
          min={days.from}
          onChange={({ currentTarget }) => {
            if (currentTarget.value) go({ ...days, to: currentTarget.value });
          }}
        />
        {figures.data ? (
          <Whose figures={figures.data} of={search.of} onChange={(of) => go({ of })} />
        ) : null}
      </search>
      <Loaded of={figures}>
        {(read) => <Read figures={read} of={search.of} search={search} />}
      </Loaded>
    </>
  );
}

interface WhoseProps {
  figures: DailyFigures;
  of: string | undefined;
  onChange(of: string | undefined): void;
}

/** The company, an agent or a queue. */
function Whose({ figures, of, onChange }: WhoseProps) {
  const { t } = useTranslation();
  const groups = [
    {
      group: t("figures.agents"),
      items: figures.agents.map(({ extension, name }) => ({
        value: `agent ${extension}`,
        label: [extension, name].filter(Boolean).join(" "),
      })),
    },
    {
      group: t("figures.queues"),
      items: figures.queues.map(({ queue }) => ({ value: `queue ${queue}`, label: queue })),
    },
  ];
  return (
    <Select
      label={t("figures.of")}
      placeholder={t("figures.company")}
      value={of ?? null}
      data={groups.filter(({ items }) => items.length > 0)}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("figures.company") }}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

interface ReadProps {
  figures: DailyFigures;
  of: string | undefined;
  search: FigureSearch;
}

function Read({ figures, of, search }: ReadProps) {
  const { t, i18n } = useTranslation();
  const days = useMemo(() => everyDay(figures.days, daysOf(figures, of)), [figures, of]);
  if (figures.company.length === 0 && figures.agents.length === 0) {
    return <Empty icon={IconChartBar} title={t("figures.none")} text={t("figures.none_text")} />;
  }
  const wait = of?.startsWith("agent ") ? "wait_agent" : "wait";
  const locale = localeOf(i18n);
  return (
    <Stack gap="lg">
      <Paper p="lg">
        <DayChart days={days} />
        <Text fz="sm" c="dimmed" mt="xs">
          {t("figures.zone", { zone: figures.time_zone })}
        </Text>
      </Paper>
      {figures.agents.length > 0 ? (
        <Paper p="lg">
          <Title order={2}>{t("figures.agents")}</Title>
          <Text fz="sm" c="dimmed" mb="xs">
            {t("figures.about_agent")}
          </Text>
          <FigureTable
            label={t("figures.agents")}
            head={t("calls.agent")}
            wait="wait_agent"
            lines={figures.agents.map(({ extension, name, days: its }) => ({
              key: extension,
              name: [extension, name].filter(Boolean).join(" "),
              sums: summed(its),
              search: { ...search, of: `agent ${extension}` },
            }))}
          />
        </Paper>
      ) : null}
      {figures.queues.length > 0 ? (
        <Paper p="lg">
          <Title order={2}>{t("figures.queues")}</Title>
          <Text fz="sm" c="dimmed" mb="xs">
            {t("figures.about_queue")}
          </Text>
          <FigureTable
            label={t("figures.queues")}
            head={t("calls.queue")}
            wait="wait"
            lines={figures.queues.map(({ queue, days: its }) => ({
              key: queue,
              name: queue,
              sums: summed(its),
              search: { ...search, of: `queue ${queue}` },
            }))}
          />
        </Paper>
      ) : null}
      <Paper p="lg">
        <Title order={2} mb="xs">
          {t("figures.each_day")}
        </Title>
        <FigureTable
          label={t("figures.each_day")}
          head={t("figures.day")}
          wait={wait}
          lines={[...days]
            .reverse()
            .map((day) => ({ key: day.day, name: longDay(day.day, locale), sums: day }))}
        />
      </Paper>
    </Stack>
  );
}
