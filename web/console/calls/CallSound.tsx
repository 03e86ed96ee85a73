// How the sound of a call was for each agent who talked in Desk.
import { Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Call, CallSound as Sound } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { StatusDot, type Tone } from "@/theme/StatusDot";

const TONES: Record<Sound["grade"], Tone> = { good: "good", fair: "warn", poor: "bad" };

export function CallSound({ call }: { call: Call }) {
  const { t, i18n } = useTranslation();
  const measured = call.legs.flatMap(({ extension, name, sound }) =>
    sound ? [{ extension, name, sound }] : [],
  );
  if (measured.length === 0) return null;
  const number = new Intl.NumberFormat(localeOf(i18n), { maximumFractionDigits: 1 });
  const direction = ({ score, loss_percent, jitter_ms }: Sound["heard"]) =>
    t("calls.sound.direction", {
      score: number.format(score),
      loss: number.format(loss_percent),
      jitter: number.format(jitter_ms),
    });
  const factsOf = ({ heard, said, round_trip_ms, codec }: Sound) => {
    const facts: [string, string][] = [[t("calls.sound.heard"), direction(heard)]];
    if (said) facts.push([t("calls.sound.said"), direction(said)]);
    if (round_trip_ms !== null) {
      const ms = t("calls.sound.milliseconds", { ms: number.format(round_trip_ms) });
      facts.push([t("calls.sound.round_trip"), ms]);
    }
    if (codec) facts.push([t("calls.sound.codec"), codec]);
    return facts;
  };
  return (
    <section>
      <Title order={2} fz="sm" mb={6}>
        {t("calls.sound.title")}
      </Title>
      <Stack gap="xs">
        {measured.map(({ extension, name, sound }) => (
          <div key={extension}>
            <Group gap="sm" wrap="wrap">
              <Text fz="sm" className="lc-wrap">
                <strong>{extension}</strong> {name}
              </Text>
              <StatusDot tone={TONES[sound.grade]}>
                {t(`calls.sound.grade.${sound.grade}`)}
              </StatusDot>
            </Group>
            {factsOf(sound).map(([what, value]) => (
              <Text key={what} fz="sm">
                <Text span c="dimmed" inherit>
                  {what}:{" "}
                </Text>
                {value}
              </Text>
            ))}
          </div>
        ))}
        <Text fz="xs" c="dimmed">
          {t("calls.sound.intro")}
        </Text>
      </Stack>
    </section>
  );
}
