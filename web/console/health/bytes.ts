// An amount of bytes as people say it.
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** In the largest unit of which there is at least one; steps of a thousand, as disks are sold. */
export function bytesText(bytes: number, locale: string): string {
  const step = Math.min(
    UNITS.length - 1,
    Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)),
  );
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[step],
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}
