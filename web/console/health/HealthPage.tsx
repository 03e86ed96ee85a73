// Every part of Linecard and how it is; what is wrong stands first (X7).
import { Anchor, Paper, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { healthQuery } from "@/api/queries";
import type { Health } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { Loaded } from "@/theme/Loaded";
import { UnreachableAgents } from "../home/UnreachableAgents";
import { CrmState } from "../integrations/CrmState";
import { UsageText } from "../integrations/connection/UsageText";
import { LinkState } from "../phone-system/LinkLine";
import { Paused } from "../restored/Paused";
import { PageHead } from "../shell/PageHead";
import { bytesText } from "./bytes";
import { HomeAddresses } from "./HomeAddresses";
import { ProblemList } from "./ProblemList";

/** The page of those who watch: it keeps itself fresh. */
const EVERY = 4_000;

export function HealthPage() {
  const { t } = useTranslation();
  const health = useQuery({ ...healthQuery, refetchInterval: EVERY });
  return (
    <>
      <PageHead title={t("health.title")} text={t("health.intro")} />
      <Loaded of={health} meanwhile={<Skeleton h="11rem" radius="md" />}>
        {(read) => (
          <Stack gap="lg">
            <Paused problems={read.problems} />
            <ProblemList problems={read.problems} fresh={read.phone_systems.length === 0} />
            <Links health={read} />
            <Crms health={read} />
            <UnreachableAgents agents={read.unreachable_agents} />
            <HomeAddresses checks={read.homes} />
            <Server health={read} />
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function Links({ health }: { health: Health }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("health.links")}
      </Title>
      <Stack gap="sm">
        {health.phone_systems.map(({ id, kind, name, link }) => (
          <div key={id}>
            <Anchor
              fw={600}
              className="lc-cut"
              renderRoot={(props) => <Link to="/phone-system" {...props} />}
            >
              {kind === "demo" ? t("phone.demo") : name}
            </Anchor>
            <LinkState link={link} />
          </div>
        ))}
        {health.phone_systems.length === 0 ? (
          <Anchor renderRoot={(props) => <Link to="/phone-system" {...props} />}>
            {t("health.links_none")}
          </Anchor>
        ) : null}
      </Stack>
    </Paper>
  );
}

function Crms({ health }: { health: Health }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(localeOf(i18n));
  const joined = health.connections.filter(({ status }) => status !== "not_connected");
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("health.crms")}
      </Title>
      {joined.length === 0 ? (
        <Anchor renderRoot={(props) => <Link to="/integrations/crm" {...props} />}>
          {t("health.crms_none")}
        </Anchor>
      ) : (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("labels.name")}</Table.Th>
                <Table.Th>{t("labels.status")}</Table.Th>
                <Table.Th>{t("health.queue")}</Table.Th>
                <Table.Th>{t("health.refused")}</Table.Th>
                <Table.Th>{t("health.usage")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {joined.map(({ kind, name, status, waiting, parked, usage }) => (
                <Table.Tr key={kind}>
                  <Table.Td>
                    <Anchor
                      fw={600}
                      renderRoot={(props) => (
                        <Link to="/integrations/crm/$kind" params={{ kind }} {...props} />
                      )}
                    >
                      {name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <CrmState status={status} />
                  </Table.Td>
                  <Table.Td>{number.format(waiting)}</Table.Td>
                  <Table.Td>{number.format(parked)}</Table.Td>
                  <Table.Td>
                    <UsageText usage={usage} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}

function Server({ health }: { health: Health }) {
  const { t, i18n } = useTranslation();
  const { database, disk, certificate } = health;
  const size = (bytes: number) => bytesText(bytes, localeOf(i18n));
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("health.server")}
      </Title>
      <Stack gap="sm">
        <div>
          <Text fw={600}>{t("health.database")}</Text>
          <Text fz="sm" c="dimmed" className="lc-wrap">
            {t("health.database_text", { place: database.place, ms: String(database.took_ms) })}
          </Text>
        </div>
        <div>
          <Text fw={600}>{t("health.disk")}</Text>
          <Text fz="sm" c="dimmed">
            {disk
              ? t("health.disk_text", { free: size(disk.free), total: size(disk.total) })
              : t("health.disk_unknown")}
          </Text>
        </div>
        {certificate ? <CertificateLines certificate={certificate} /> : null}
      </Stack>
    </Paper>
  );
}

function CertificateLines({ certificate }: { certificate: NonNullable<Health["certificate"]> }) {
  const { t, i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "long" });
  const { place, until, own_authority } = certificate;
  return (
    <div>
      <Text fw={600}>{t("health.certificate")}</Text>
      <Text fz="sm" c="dimmed" className="lc-wrap">
        {t("health.certificate_text", { place, time: day.format(new Date(until)) })}
      </Text>
      {own_authority ? (
        <>
          <Anchor fz="sm" href="/api/v1/certificate-authority" download>
            {t("health.authority")}
          </Anchor>
          <Text fz="sm" c="dimmed">
            {t("health.authority_text")}
          </Text>
        </>
      ) : null}
    </div>
  );
}
