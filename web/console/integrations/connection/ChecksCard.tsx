// What the connection may do, tried out: a tick each, or the CRM's own refusal (A13, A25).
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmQuery } from "@/api/queries";
import type { CrmCheck, CrmConnection, CrmProbe } from "@/api/types";
import { adviceText } from "@/texts/advice";
import { localeOf, textOr } from "@/texts/lookup";
import { IconCircleCheck, IconCircleX, IconRefresh } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { CrmWait } from "./CrmWait";

export function ChecksCard({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { kind, status, probe } = connection;
  const look = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/crm/{kind}/probe", { params: { path: { kind } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: crmQuery(kind).queryKey, exact: true }),
  });
  return (
    <Paper p="lg">
      <Stack>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Title order={2}>{t("crm.checks.title")}</Title>
            <Text c="dimmed" fz="sm">
              {t("crm.checks.text")}
            </Text>
          </div>
          <Button
            variant="default"
            size="xs"
            flex="none"
            leftSection={<IconRefresh size={15} />}
            loading={look.isPending}
            disabled={status === "disabled"}
            onClick={() => look.mutate()}
          >
            {probe ? t("crm.checks.again") : t("crm.checks.run")}
          </Button>
        </Group>
        <CrmWait name={connection.name} waiting={look.isPending} />
        <ProblemNotice error={look.error} />
        {probe ? (
          <Probed name={connection.name} probe={probe} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t("crm.checks.none")}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function Probed({ name, probe }: { name: string; probe: CrmProbe }) {
  const { t, i18n } = useTranslation();
  const refused = probe.checks.some(({ allowed }) => !allowed);
  const facts = [
    probe.organisation_name,
    probe.edition ? `${t("crm.checks.edition")}: ${probe.edition}` : null,
    t("crm.usage.told", {
      time: new Intl.DateTimeFormat(localeOf(i18n), {
        dateStyle: "medium",
        timeStyle: "short",
      }).format(new Date(probe.at)),
    }),
  ].filter(Boolean);
  return (
    <>
      <div>
        <Text fz="sm" fw={550}>
          {refused ? t("crm.checks.some", { name }) : t("crm.checks.good")}
        </Text>
        <Text fz="sm" c="dimmed" className="lc-wrap">
          {facts.join(" · ")}
        </Text>
      </div>
      <ul className="lc-checks">
        {probe.checks.map((check) => (
          <Check key={check.ability} check={check} />
        ))}
      </ul>
    </>
  );
}

function Check({ check }: { check: CrmCheck }) {
  const { t } = useTranslation();
  const { ability, allowed, code, words, advice } = check;
  const told = adviceText(t, advice);
  const Icon = allowed ? IconCircleCheck : IconCircleX;
  return (
    <li>
      <Icon
        size={19}
        role="img"
        aria-label={allowed ? t("crm.checks.allowed") : t("crm.checks.refused")}
        color={allowed ? "var(--linecard-good)" : "var(--linecard-bad)"}
      />
      <div>
        <Text fz="sm">{textOr(t, "crm.ability", ability, ability)}</Text>
        {told ? (
          <Text fz="sm" className="lc-wrap">
            {told}
          </Text>
        ) : null}
        {allowed || (told && !words) ? null : (
          <Text fz="sm" c="dimmed" className="lc-wrap">
            {words || textOr(t, "problems", code, t("problems.refused"))}
          </Text>
        )}
      </div>
    </li>
  );
}
