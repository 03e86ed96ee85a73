// A call's course: a line per extension, drawn, and the same in a table that can be read out.
import { Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Call } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { lengthsOf } from "./reading";
import { timeLine } from "./timeLine";

export function CallCourse({ call }: { call: Call }) {
  const { t } = useTranslation();
  const length = lengthsOf(call);
  const { rows } = timeLine(call);
  const kinds = ["ring", "talk", "hold"] as const;
  const drawn = kinds.filter((kind) =>
    rows.some(({ bars }) => bars.some((it) => it.kind === kind)),
  );
  const shown = (ms: number) => (ms ? length(ms) : "–");
  return (
    <Table.ScrollContainer
      minWidth={560}
      scrollAreaProps={{
        // A group and no region: several calls may be open.
        viewportProps: { tabIndex: 0, role: "group", "aria-label": t("calls.line.title") },
      }}
    >
      <Table verticalSpacing={5} horizontalSpacing="xs" fz="sm" className="lc-course">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("calls.line.who")}</Table.Th>
            {/* The drawing says what the columns beside it say. */}
            <Table.Td aria-hidden className="lc-course-line" />
            <Table.Th>{t("calls.outcome_label")}</Table.Th>
            <Table.Th ta="end">{t("calls.line.begins")}</Table.Th>
            <Table.Th ta="end">{t("calls.line.ring")}</Table.Th>
            <Table.Th ta="end">{t("calls.line.talk")}</Table.Th>
            <Table.Th ta="end">{t("calls.line.hold")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ leg, begins, bars, holds }) => (
            <Table.Tr key={leg.extension}>
              <Table.Th scope="row" fw={400} className="lc-wrap">
                <Text span fw={650} inherit>
                  {leg.extension}
                </Text>{" "}
                {leg.name}
              </Table.Th>
              <Table.Td aria-hidden className="lc-course-line">
                <div className="lc-course-bars">
                  {bars.map((bar) => (
                    <span
                      key={`${bar.kind} ${bar.from}`}
                      data-kind={bar.kind}
                      style={{ left: `${bar.from}%`, width: `${bar.length}%` }}
                    />
                  ))}
                </div>
              </Table.Td>
              <Table.Td>
                {leg.forwarded
                  ? t("calls.forwarded")
                  : textOr(t, "calls.outcome", leg.outcome, leg.outcome ?? "–")}
                {[
                  call.legs.length > 1 && leg.extension === call.agent
                    ? t("calls.of_record")
                    : null,
                  leg.picked_up ? t("calls.picked_up") : null,
                ]
                  .filter(Boolean)
                  .map((also) => ` · ${also}`)}
              </Table.Td>
              <Table.Td ta="end">{length(begins)}</Table.Td>
              <Table.Td ta="end">{shown(leg.ring_ms)}</Table.Td>
              <Table.Td ta="end">{shown(leg.talk_ms)}</Table.Td>
              <Table.Td ta="end">
                {shown(leg.hold_ms)}
                {holds.map((hold) => (
                  <span key={hold.begins} className="lc-unseen">
                    {t("calls.line.held", {
                      begins: length(hold.begins),
                      length: length(hold.length),
                    })}
                  </span>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {/* What the colours mean; the table says the same in words. */}
      <Group gap="md" mt={4} px="xs" aria-hidden className="lc-course-legend">
        {drawn.map((kind) => (
          <Group key={kind} gap={6} wrap="nowrap">
            <span data-kind={kind} />
            <Text span fz="xs" c="dimmed">
              {t(`calls.line.${kind}`)}
            </Text>
          </Group>
        ))}
      </Group>
    </Table.ScrollContainer>
  );
}
