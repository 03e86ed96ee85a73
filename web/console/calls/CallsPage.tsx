// The calls, newest first, narrowed as the reader likes, with what was written where.
import { Anchor, Button, Paper } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { callsQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconFileExport, IconHistory, IconSearch } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { More } from "@/theme/More";
import { PageHead } from "../shell/PageHead";
import { CallFilters } from "./CallFilters";
import { CallRow } from "./CallRow";
import { asQuery, callSearch, narrowedBy } from "./filter";
import "./calls.css";

export function CallsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const filter = useSearch({ from: "/inside/calls" });
  const calls = useInfiniteQuery({
    ...callsQuery(filter),
    // Only the newest page changes by itself; who has gone back in time is left in peace.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : 3_000),
  });
  const narrowed = narrowedBy(filter) > 0;
  return (
    <>
      <PageHead title={t("calls.title")} text={t("calls.intro")}>
        <Anchor renderRoot={(props) => <Link to="/calls/not-written" {...props} />} fz="sm">
          {t("calls.not_written")}
        </Anchor>
        <Button
          component="a"
          variant="default"
          href={`/api/v1/calls/export?${asQuery(filter)}`}
          download
          leftSection={<IconFileExport size={17} aria-hidden />}
        >
          {t("calls.export")}
        </Button>
      </PageHead>
      <CallFilters
        filter={filter}
        onChange={(next) =>
          void navigate({ to: "/calls", search: callSearch({ ...next }), replace: true })
        }
      />
      <Loaded of={calls}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.calls);
          if (list.length === 0) {
            return narrowed ? (
              <Empty
                icon={IconSearch}
                title={t("calls.none_found")}
                text={t("calls.none_found_text")}
              />
            ) : (
              <Empty icon={IconHistory} title={t("calls.none")} text={t("calls.none_text")} />
            );
          }
          return (
            <>
              <Paper component="ul" className="lc-calls">
                {list.map((call) => (
                  <CallRow key={call.id} call={call} />
                ))}
              </Paper>
              <More of={calls} text={t("calls.more")} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
