// Figures line by line: days, agents or queues. The chart's numbers are here, too.
import { Anchor, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { measured } from "@/texts/duration";
import type { FigureSearch } from "./days";
import { averageWait, type Sums } from "./sums";

export interface FigureLine {
  key: string;
  name: string;
  sums: Sums;
  /** Where the name leads to. */
  search?: FigureSearch;
}

export interface FigureTableProps {
  /** What the table is called, for those who cannot see where it stands. */
  label: string;
  /** What each line is. */
  head: string;
  wait: "wait" | "wait_agent";
  lines: FigureLine[];
}

const COUNTED = ["inbound", "answered", "missed", "outbound"] as const;

export function FigureTable({ label, head, wait, lines }: FigureTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer
      minWidth={620}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": label } }}
    >
      <Table verticalSpacing={7} fz="sm" className="lc-figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{head}</Table.Th>
            {COUNTED.map((name) => (
              <Table.Th key={name}>{t(`figures.${name}`)}</Table.Th>
            ))}
            <Table.Th>{t("figures.talk")}</Table.Th>
            <Table.Th>{t(`figures.${wait}`)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ key, name, sums, search }) => {
            const average = averageWait(sums);
            return (
              <Table.Tr key={key}>
                <Table.Th scope="row" fw={500} className="lc-wrap">
                  {search ? (
                    <Anchor
                      inherit
                      renderRoot={(props) => <Link to="/figures" search={search} {...props} />}
                    >
                      {name}
                    </Anchor>
                  ) : (
                    name
                  )}
                </Table.Th>
                {COUNTED.map((counted) => (
                  <Table.Td key={counted}>{sums[counted]}</Table.Td>
                ))}
                <Table.Td>{measured(sums.talk_ms)}</Table.Td>
                <Table.Td>{average === null ? "–" : measured(average)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
