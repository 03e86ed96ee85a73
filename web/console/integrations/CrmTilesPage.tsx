// Integrations > CRM: a tile per CRM, with its name only and its state (A1), and the order in
// which several are asked (A2).
import { Avatar, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { crmTilesQuery } from "@/api/queries";
import type { CrmTile } from "@/api/types";
import { Empty } from "@/theme/Empty";
import { IconChevronRight, IconPlug } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PopDefaultCard } from "../extensions/pops/PopDefaultCard";
import { PageHead } from "../shell/PageHead";
import { CrmState } from "./CrmState";
import { OrderCard } from "./OrderCard";
import "./integrations.css";

export function CrmTilesPage() {
  const { t } = useTranslation();
  const tiles = useQuery({ ...crmTilesQuery, refetchInterval: 5_000 });
  return (
    <>
      <PageHead
        title={t("crm.title")}
        text={t("crm.intro")}
        under={[{ label: t("console.nav.integrations") }]}
      />
      <Loaded of={tiles}>
        {(list) => {
          if (list.length === 0) {
            return <Empty icon={IconPlug} title={t("crm.none")} text={t("crm.none_text")} />;
          }
          const joined = list.filter(({ status }) => status !== "not_connected");
          return (
            <Stack gap="lg">
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                {list.map((tile) => (
                  <Tile key={tile.kind} tile={tile} />
                ))}
              </SimpleGrid>
              {joined.length > 1 ? <OrderCard tiles={joined} /> : null}
              <PopDefaultCard />
            </Stack>
          );
        }}
      </Loaded>
    </>
  );
}

function Tile({ tile: { kind, name, status, problem } }: { tile: CrmTile }) {
  const { t } = useTranslation();
  return (
    <Paper
      p="lg"
      className="lc-tile"
      renderRoot={(props) => <Link to="/integrations/crm/$kind" params={{ kind }} {...props} />}
    >
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" gap="sm" miw={0}>
            <Avatar radius="md" color="slate" variant="light" aria-hidden>
              {name.charAt(0)}
            </Avatar>
            <Title order={2} className="lc-cut">
              {name}
            </Title>
          </Group>
          <IconChevronRight size={18} aria-hidden />
        </Group>
        <div>
          <Text component="div">
            <CrmState status={status} />
          </Text>
          {status === "needs_attention" && problem ? (
            <Text fz="sm" c="dimmed" className="lc-cut" title={problem.words}>
              {t(`crm.attention.${problem.what}`)}
            </Text>
          ) : null}
        </div>
      </Stack>
    </Paper>
  );
}
