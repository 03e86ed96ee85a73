// Calls per day as bars: answered and missed one on the other, calls to outside as a line. It is
// drawn on a canvas; the table below it holds the same figures.
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import type { DayFigures } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { shortDay } from "./dayText";
import "uplot/dist/uPlot.min.css";

const HEIGHT = 260;
/** A little air above the tallest bar, and a scale even where there is hardly a call. */
const AIR = 1.08;
const LEAST = 4;

export function DayChart({ days }: { days: DayFigures[] }) {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const place = useRef<HTMLDivElement>(null);
  const locale = localeOf(i18n);
  useEffect(() => {
    const at = place.current;
    if (!at) return;
    const size = () => ({ width: at.clientWidth, height: HEIGHT });
    const chart = new uPlot({ ...options(days, locale, scheme), ...size() }, dataOf(days), at);
    const watch = new ResizeObserver(() => chart.setSize(size()));
    watch.observe(at);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [days, locale, scheme]);
  return (
    <figure className="lc-chart">
      <div ref={place} role="img" aria-label={t("figures.chart")} className="lc-chart-place" />
      <figcaption className="lc-chart-legend">
        {(["answered", "missed", "outbound"] as const).map((name) => (
          <span key={name} data-series={name}>
            {t(`figures.${name}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** A day is a place on the axis and not a moment: no time zone can shift it. The missed ones stand
 * behind the answered ones, as the rest of a taller bar. */
function dataOf(days: DayFigures[]): uPlot.AlignedData {
  return [
    days.map((_, at) => at),
    days.map(({ answered, missed }) => answered + missed),
    days.map(({ answered }) => answered),
    days.map(({ outbound }) => outbound),
  ];
}

type Drawn = Omit<uPlot.Options, "width" | "height">;

function options(days: DayFigures[], locale: string, scheme: "light" | "dark"): Drawn {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = colour("--mantine-color-dimmed");
  const grid = { stroke: colour("--linecard-line"), width: 1 };
  const line = colour(scheme === "dark" ? "--mantine-color-line-3" : "--mantine-color-line-7");
  const paths = uPlot.paths.bars?.({ size: [0.6, 28] });
  const bars = (name: string): uPlot.Series => ({
    fill: colour(name),
    width: 0,
    points: { show: false },
    ...(paths ? { paths } : {}),
  });
  return {
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_, first, last) => [first - 0.6, last + 0.6] },
      y: { range: (_, __, most) => [0, Math.max(LEAST, most * AIR)] },
    },
    axes: [
      {
        stroke: text,
        grid: { show: false },
        ticks: grid,
        space: 60,
        incrs: [1, 2, 7, 14, 28],
        values: (_, places) => places.map((at) => shortDay(days[at]?.day, locale)),
      },
      {
        stroke: text,
        grid,
        ticks: grid,
        size: 52,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      },
    ],
    series: [
      {},
      bars("--linecard-bad"),
      bars("--linecard-good"),
      { stroke: line, width: 2, points: { show: true, size: 6, fill: line } },
    ],
  };
}
