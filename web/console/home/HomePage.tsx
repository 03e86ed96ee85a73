// The first page: how the links are, what waits to be written, what to do next.
import { SimpleGrid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { crmTilesQuery, healthQuery, phoneSystemsQuery } from "@/api/queries";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { JournalTile } from "./JournalTile";
import { CrmLinks, PhoneLinks } from "./LinkTiles";
import { NextSteps } from "./NextSteps";

/** The page of those who watch: it keeps itself fresh. */
const EVERY = 4_000;

export function HomePage() {
  const { t } = useTranslation();
  const systems = useQuery({ ...phoneSystemsQuery, refetchInterval: EVERY });
  const tiles = useQuery({ ...crmTilesQuery, refetchInterval: EVERY });
  const health = useQuery({ ...healthQuery, refetchInterval: EVERY });
  return (
    <>
      <PageHead title={t("console.home.title")} />
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <Loaded of={systems}>{(list) => <PhoneLinks systems={list} />}</Loaded>
          <Loaded of={tiles}>{(list) => <CrmLinks tiles={list} />}</Loaded>
          <Loaded of={health}>{(read) => <JournalTile health={read} />}</Loaded>
        </SimpleGrid>
        <NextSteps />
      </Stack>
    </>
  );
}
