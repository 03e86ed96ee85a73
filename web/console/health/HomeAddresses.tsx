// Whether people and CRMs reach Linecard at its home addresses, looked at anew by a button (A21).
import { Button, Code, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { healthQuery, homeCheckQuery } from "@/api/queries";
import type { HomeCheck } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { IconRefresh } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { StatusDot, type Tone } from "@/theme/StatusDot";

/** On the Health page. */
export function HomeAddresses({ checks }: { checks: readonly HomeCheck[] }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("health.home.title")}
      </Title>
      <Findings checks={checks} />
    </Paper>
  );
}

/** In the settings: every address, also before it was looked at. */
export function HomeCheckList({ addresses }: { addresses: readonly string[] }) {
  const checks = useQuery(homeCheckQuery);
  const found = checks.data ?? [];
  const others = addresses.filter((address) => !found.some((it) => it.address === address));
  return (
    <>
      <Stack gap={6} align="flex-start" mb="sm">
        {others.map((address) => (
          <Code key={address} className="lc-wrap">
            {address}
          </Code>
        ))}
      </Stack>
      <Findings checks={found} />
    </>
  );
}

function Findings({ checks }: { checks: readonly HomeCheck[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/home-check")),
    onSuccess: (fresh) => {
      queries.setQueryData(homeCheckQuery.queryKey, fresh);
      return queries.invalidateQueries({ queryKey: healthQuery.queryKey });
    },
  });
  return (
    <Stack gap="md">
      {checks.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("health.home.not_yet")}
        </Text>
      ) : (
        <Stack component="ul" gap="md" m={0} p={0} className="lc-plain" aria-live="polite">
          {checks.map((check) => (
            <Finding key={check.address} check={check} />
          ))}
        </Stack>
      )}
      <ProblemNotice error={look.error} />
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={15} />}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          {t("health.home.check")}
        </Button>
      </Group>
    </Stack>
  );
}

const toneOf = ({ finding, needs_person }: HomeCheck): Tone => {
  if (finding === "good") return "good";
  if (finding === "ends_soon") return "warn";
  return needs_person ? "bad" : "idle";
};

function Finding({ check }: { check: HomeCheck }) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n);
  const until = check.certificate_until
    ? new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(
        new Date(check.certificate_until),
      )
    : null;
  return (
    <li>
      <Code className="lc-wrap">{check.address}</Code>
      <div>
        <StatusDot tone={toneOf(check)}>{t(`health.home.${check.finding}`)}</StatusDot>
      </div>
      {check.finding === "good" ? null : (
        <Text fz="sm">{t(`health.home.${check.finding}_do`)}</Text>
      )}
      <Text fz="sm" c="dimmed" className="lc-wrap">
        {[
          until ? t("health.home.until", { time: until }) : null,
          t("health.home.checked", { time: momentText(check.at, locale) }),
        ]
          .filter(Boolean)
          .join(" ")}
      </Text>
      {check.words ? (
        <Text fz="sm" c="dimmed" className="lc-wrap">
          {t("labels.their_words")}: {check.words}
        </Text>
      ) : null}
    </li>
  );
}
