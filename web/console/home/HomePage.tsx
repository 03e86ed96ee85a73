// The first page: what is wrong, how the links are, who can be reached, and what to do next. One
// answer of the server fills it, and room for that is kept from the start.
import { Grid, SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { healthQuery } from "@/api/queries";
import { sessionQuery } from "@/session/query";
import { Loaded } from "@/theme/Loaded";
import { ProblemList } from "../health/ProblemList";
import { Paused } from "../restored/Paused";
import { PageHead } from "../shell/PageHead";
import { Figures } from "./Figures";
import { CrmLinks, PhoneLinks } from "./LinkTiles";
import { NextSteps } from "./NextSteps";
import { UnreachableAgents } from "./UnreachableAgents";

/** The page of those who watch: it keeps itself fresh. */
const EVERY = 4_000;
/** Who has more to do than this begins with the first. */
const MOST_PROBLEMS = 5;

export function HomePage() {
  const { t } = useTranslation();
  const health = useQuery({ ...healthQuery, refetchInterval: EVERY });
  const isAdmin = useQuery(sessionQuery).data?.account.role === "admin";
  return (
    <>
      <PageHead title={t("console.home.title")} />
      <Stack gap="lg">
        {health.error && !health.data ? null : <Figures health={health.data} />}
        <Loaded of={health} meanwhile={<Meanwhile />}>
          {({ problems, phone_systems, connections, unreachable_agents }) => (
            <>
              <Paused problems={problems} />
              <Grid gap="lg">
                <Grid.Col span={{ base: 12, md: 7 }}>
                  <ProblemList
                    problems={problems}
                    fresh={phone_systems.length === 0}
                    most={MOST_PROBLEMS}
                  />
                </Grid.Col>
                <Grid.Col span={{ base: 12, md: 5 }}>
                  <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="lg">
                    <PhoneLinks systems={phone_systems} />
                    <CrmLinks connections={connections} />
                  </SimpleGrid>
                </Grid.Col>
              </Grid>
              <UnreachableAgents agents={unreachable_agents} />
              {isAdmin ? <NextSteps /> : null}
            </>
          )}
        </Loaded>
      </Stack>
    </>
  );
}

/** As large as what comes is at least. */
function Meanwhile() {
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Skeleton h="11rem" radius="md" />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Skeleton h="11rem" radius="md" />
      </Grid.Col>
    </Grid>
  );
}
