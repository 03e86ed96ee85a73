// The frame around every page of the Console: navigation, account, and what is a simulation.
import { AppShell, Badge, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Session } from "@/api/types";
import { AccountMenu } from "@/session/AccountMenu";
import { Brand } from "@/theme/Brand";
import { Navigation } from "./Navigation";
import "./shell.css";

export function Shell({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [open, { toggle, close }] = useDisclosure(false);
  return (
    <AppShell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: !open } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <a href="#content" className="lc-skip">
        {t("page.skip")}
      </a>
      <AppShell.Header className="lc-header">
        <Group h="100%" px={{ base: "md", sm: "xl" }} justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" gap="sm">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t("page.navigation")}
            />
            {session.simulation ? (
              <Badge
                variant="default"
                size="lg"
                radius="sm"
                tt="none"
                fw={600}
                title={t("console.simulation_text")}
              >
                {t("console.simulation")}
              </Badge>
            ) : null}
          </Group>
          <AccountMenu account={session.account} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="lc-navbar" p="md">
        <Group h={28} mb="lg" mt={2} px={10} justify="space-between">
          <Brand />
          <Burger
            opened={open}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t("page.navigation")}
          />
        </Group>
        <Navigation session={session} onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className="lc-page">
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
