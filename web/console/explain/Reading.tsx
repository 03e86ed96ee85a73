// How the number was read.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Explanation } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";

export function Reading({ told }: { told: Explanation }) {
  const { t, i18n } = useTranslation();
  const { reading } = told;
  const facts: [string, string | null][] = [
    [t("explain.given"), told.number || t("explain.withheld_given")],
    [
      t("explain.rule_label"),
      reading.rule
        ? textOr(t, "explain.rule", reading.rule, reading.rule)
        : t(`explain.kind.${reading.kind}`),
    ],
    [t("explain.international"), reading.e164],
    [t("explain.national"), reading.shown],
    [t("explain.country"), reading.country ? countryName(reading.country) : null],
  ];
  const notes = [
    reading.kept_out ? t(`explain.kept_out.${reading.kept_out}`) : null,
    reading.kind === "phone" && !reading.known ? t("explain.unknown_to_plan") : null,
    reading.behind ? t("explain.behind", { behind: reading.behind }) : null,
  ].filter(Boolean);
  return (
    <>
      <dl className="lc-facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="lc-wrap">{value}</dd>
            </div>
          ))}
      </dl>
      {notes.map((note) => (
        <Text key={note} fz="sm" mt={6}>
          {note}
        </Text>
      ))}
    </>
  );

  function countryName(code: string): string {
    const names = new Intl.DisplayNames(localeOf(i18n), { type: "region" });
    return `${names.of(code) ?? code} (${code})`;
  }
}
