// The token that dial plans show: made, replaced, taken back. It is shown once.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { routingTokenQuery } from "@/api/queries";
import { AskDialog } from "@/theme/AskDialog";
import { CopyField } from "@/theme/CopyText";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";

export interface RoutingTokenProps {
  /** The token that was made on this page. */
  made: string | null;
  onMade(token: string | null): void;
}

export function RoutingToken({ made, onMade }: RoutingTokenProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const state = useQuery(routingTokenQuery);
  const changed = () => queries.invalidateQueries({ queryKey: routingTokenQuery.queryKey });
  const make = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/routing-token")),
    onSuccess: ({ token }) => {
      close();
      onMade(token);
      return changed();
    },
  });
  const takeBack = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/routing-token")),
    onSuccess: () => {
      onMade(null);
      return changed();
    },
  });
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Loaded of={state}>
      {({ created }) => (
        <Stack gap="xs">
          <Text fz="sm" c="dimmed">
            {created
              ? t("routing.token_since", { date: date.format(new Date(created)) })
              : t("routing.token_none")}
          </Text>
          {made ? (
            <CopyField
              label={t("routing.token")}
              description={t("routing.token_new")}
              value={made}
            />
          ) : null}
          <ProblemNotice error={takeBack.error ?? (asking ? null : make.error)} />
          <Group>
            <Button
              variant="default"
              loading={make.isPending}
              onClick={() => (created ? open() : make.mutate())}
            >
              {created ? t("routing.replace") : t("routing.make")}
            </Button>
            {created ? (
              <Button
                variant="subtle"
                color="red"
                loading={takeBack.isPending}
                onClick={() => takeBack.mutate()}
              >
                {t("routing.take_back")}
              </Button>
            ) : null}
          </Group>
          <AskDialog
            opened={asking}
            onClose={close}
            title={t("routing.replace_title")}
            confirm={t("routing.replace")}
            danger
            busy={make.isPending}
            error={make.error}
            onConfirm={() => make.mutate()}
          >
            {t("routing.replace_text")}
          </AskDialog>
        </Stack>
      )}
    </Loaded>
  );
}
