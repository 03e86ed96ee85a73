// The demo's outside world: callers who ring in, and desk phones. Says that it is a simulation.
import { Anchor, Grid, Group, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { demoQuery } from "@/api/queries";
import type { Session } from "@/api/types";
import { AccountMenu } from "@/session/AccountMenu";
import { Brand } from "@/theme/Brand";
import { Empty } from "@/theme/Empty";
import { IconHeadset, IconPhoneOff } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { Notice } from "@/theme/Notice";
import "../frame/desk.css";
import { CallInForm } from "./CallInForm";
import { DeskPhone } from "./DeskPhone";
import "./outside.css";
import { RunningCalls } from "./RunningCalls";
import { StandIns } from "./StandIns";

export function OutsideLinePage({ session }: { session: Session }) {
  const { t } = useTranslation();
  const demo = useQuery({ ...demoQuery, refetchInterval: 1_000 });
  useEffect(() => {
    document.title = `${t("outside.title")} · ${t("page.product")}`;
  }, [t]);
  const isMissing = demo.error instanceof Problem && demo.error.status === 404;
  return (
    <div className="lc-desk">
      <header className="lc-desk-header">
        <Group justify="space-between" wrap="nowrap" h="100%">
          <Brand />
          <Group gap="lg" wrap="nowrap">
            {session.account.extension ? (
              <Anchor href="/desk/" target="_blank" rel="noopener" fz="sm">
                <Group gap={6} wrap="nowrap">
                  <IconHeadset size={17} aria-hidden />
                  {t("outside.to_desk")}
                </Group>
              </Anchor>
            ) : null}
            <AccountMenu account={session.account} />
          </Group>
        </Group>
      </header>
      <main className="lc-outside-main">
        <Stack gap="lg">
          <Title order={1}>{t("outside.title")}</Title>
          {isMissing ? (
            <Empty icon={IconPhoneOff} title={t("outside.none")} text={t("outside.none_text")} />
          ) : (
            <>
              <Notice title={t("console.simulation")}>{t("outside.text")}</Notice>
              <Loaded of={demo}>
                {({ callers, targets, calls, stand_ins: crms }) => (
                  <Grid gap="lg">
                    <Grid.Col span={{ base: 12, sm: 7 }}>
                      <Stack gap="lg">
                        <CallInForm callers={callers} targets={targets} />
                        <RunningCalls calls={calls} />
                      </Stack>
                    </Grid.Col>
                    <Grid.Col span={{ base: 12, sm: 5 }}>
                      <DeskPhone
                        extensions={targets.filter(({ kind }) => kind === "extension")}
                        own={session.account.extension ?? null}
                      />
                    </Grid.Col>
                    {session.account.role === "admin" ? (
                      <Grid.Col span={12}>
                        <StandIns crms={crms} />
                      </Grid.Col>
                    ) : null}
                  </Grid>
                )}
              </Loaded>
            </>
          )}
        </Stack>
      </main>
    </div>
  );
}
