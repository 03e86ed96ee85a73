// Every call, newest first, with what was written where.
import { Anchor, Button, Center, Paper } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { callsQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconHistory } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { CallRow } from "./CallRow";
import "./calls.css";

export function CallsPage() {
  const { t } = useTranslation();
  const calls = useInfiniteQuery({
    ...callsQuery,
    // Only the newest page changes by itself; who has gone back in time is left in peace.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : 3_000),
  });
  return (
    <>
      <PageHead title={t("calls.title")} text={t("calls.intro")}>
        <Anchor renderRoot={(props) => <Link to="/calls/not-written" {...props} />} fz="sm">
          {t("calls.not_written")}
        </Anchor>
      </PageHead>
      <Loaded of={calls}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.calls);
          if (list.length === 0) {
            return <Empty icon={IconHistory} title={t("calls.none")} text={t("calls.none_text")} />;
          }
          return (
            <>
              <Paper component="ul" className="lc-calls">
                {list.map((call) => (
                  <CallRow key={call.id} call={call} />
                ))}
              </Paper>
              {calls.hasNextPage ? (
                <Center mt="md">
                  <Button
                    variant="default"
                    loading={calls.isFetchingNextPage}
                    onClick={() => void calls.fetchNextPage()}
                  >
                    {t("calls.more")}
                  </Button>
                </Center>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
