// A number in; out comes what was asked, what came back, and what becomes of a call, and why (F18).
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Empty } from "@/theme/Empty";
import { IconRefresh, IconSearch } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { Answer } from "./Answer";
import { QuestionForm } from "./QuestionForm";
import { askedIn, type ExplainSearch, questionOf, searchOf } from "./question";
import "./explain.css";

export function ExplainPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: "/inside/explain" });
  const navigate = useNavigate();
  const asked = search.number !== undefined || search.call !== undefined;
  return (
    <>
      <PageHead title={t("explain.title")} text={t("explain.intro")} />
      <Stack gap="lg">
        <QuestionForm
          key={JSON.stringify(search)}
          asked={askedIn(search)}
          onAsk={(typed) => void navigate({ to: "/explain", search: searchOf(typed) })}
        />
        {asked ? (
          <Explained key={JSON.stringify(search)} search={search} />
        ) : (
          <Empty
            icon={IconSearch}
            title={t("explain.none_yet")}
            text={t("explain.none_yet_text")}
          />
        )}
      </Stack>
    </>
  );
}

function Explained({ search }: { search: ExplainSearch }) {
  const { t } = useTranslation();
  const [times, setTimes] = useState(0);
  const explanation = useQuery({
    queryKey: ["explain", search, times],
    queryFn: () => explained(search, times > 0),
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  return (
    <Loaded of={explanation}>
      {(told) => (
        <Answer told={told} call={search.call ?? null} refetch={explanation.refetch}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={explanation.isFetching}
            onClick={() => setTimes(times + 1)}
          >
            {t("explain.ask_again")}
          </Button>
        </Answer>
      )}
    </Loaded>
  );
}

function explained(search: ExplainSearch, anew: boolean) {
  if (search.call === undefined) {
    return answer(api.POST("/api/v1/explain", { body: questionOf(askedIn(search), anew) }));
  }
  const { extension } = askedIn(search);
  return answer(
    api.GET("/api/v1/calls/{id}/explanation", {
      params: {
        path: { id: search.call },
        query: { anew, ...(extension ? { extension } : {}) },
      },
    }),
  );
}
