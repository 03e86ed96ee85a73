// The Console's pages, and the ways over to Desk and the Outside line.
import { Divider, NavLink, Text } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "@/api/types";
import {
  IconAddressBook,
  IconBell,
  IconChartBar,
  IconCoffee,
  IconDatabase,
  IconDevices,
  IconExternalLink,
  IconHeadset,
  IconHeartbeat,
  IconHistory,
  IconHome,
  IconListDetails,
  IconLock,
  IconLogin2,
  IconMail,
  IconPhone,
  IconPhoneIncoming,
  IconPlug,
  IconSearch,
  IconSettings,
  IconUserPlus,
  IconUsers,
  IconWebhook,
} from "@/theme/icons";

const PAGES = [
  { to: "/", text: "console.nav.home", icon: IconHome },
  { to: "/calls", text: "console.nav.calls", icon: IconHistory },
  { to: "/figures", text: "console.nav.figures", icon: IconChartBar },
  { to: "/explain", text: "console.nav.explain", icon: IconSearch },
  { to: "/contacts", text: "console.nav.phonebooks", icon: IconAddressBook },
  { to: "/phone-system", text: "console.nav.phone_system", icon: IconPhone },
  { to: "/extensions", text: "console.nav.extensions", icon: IconUsers },
] as const;

/** What a supervisor looks at; the rest is set-up. */
const LOOKED_AT: readonly string[] = ["/", "/calls", "/figures", "/explain"];

const SETTINGS = [
  { to: "/settings/people", text: "console.nav.people", icon: IconUserPlus },
  { to: "/settings/single-sign-on", text: "console.nav.single_sign_on", icon: IconLogin2 },
  { to: "/settings/duty", text: "console.nav.duty", icon: IconCoffee },
  { to: "/settings/devices", text: "console.nav.devices", icon: IconDevices },
  { to: "/settings/api-keys", text: "console.nav.api_keys", icon: IconLock },
  { to: "/settings/webhooks", text: "console.nav.webhooks", icon: IconWebhook },
  { to: "/settings/mail", text: "console.nav.mail", icon: IconMail },
  { to: "/settings/alerts", text: "console.nav.alerts", icon: IconBell },
  { to: "/settings/audit-log", text: "console.nav.audit_log", icon: IconListDetails },
  { to: "/settings/data", text: "console.nav.data", icon: IconDatabase },
] as const;

export function Navigation({ session, onNavigate }: { session: Session; onNavigate(): void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const page = (
    to:
      | (typeof PAGES)[number]["to"]
      | (typeof SETTINGS)[number]["to"]
      | "/integrations/crm"
      | "/health"
      | "/settings",
    label: string,
    Icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>,
  ) => {
    const here = to === "/" || to === "/settings" ? pathname === to : pathname.startsWith(to);
    return (
      <NavLink
        key={to}
        className="lc-nav-item"
        href={to}
        label={label}
        active={here}
        aria-current={here ? "page" : undefined}
        leftSection={<Icon size={19} stroke={1.7} aria-hidden />}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onNavigate();
          void navigate({ to });
        }}
      />
    );
  };
  const away = (
    href: string,
    label: string,
    Icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>,
  ) => (
    <NavLink
      className="lc-nav-item"
      component="a"
      href={href}
      target="_blank"
      rel="noopener"
      label={label}
      leftSection={<Icon size={19} stroke={1.7} aria-hidden />}
      rightSection={<IconExternalLink size={15} stroke={1.6} aria-hidden />}
    />
  );
  const isAdmin = session.account.role === "admin";
  const pages = PAGES.filter(({ to }) => isAdmin || LOOKED_AT.includes(to));
  return (
    <nav aria-label={t("page.navigation")}>
      {pages.map(({ to, text, icon }) => page(to, t(text), icon))}
      {isAdmin ? (
        <>
          <Text fz="xs" fw={600} c="dimmed" px={10} mt="md" mb={6}>
            {t("console.nav.integrations")}
          </Text>
          {page("/integrations/crm", t("console.nav.crm"), IconPlug)}
        </>
      ) : null}
      <Divider my="md" />
      {page("/health", t("console.nav.health"), IconHeartbeat)}
      {isAdmin ? (
        <>
          {page("/settings", t("console.nav.settings"), IconSettings)}
          {SETTINGS.map(({ to, text, icon }) => page(to, t(text), icon))}
        </>
      ) : null}
      {session.account.extension ? away("/desk/", t("console.nav.desk"), IconHeadset) : null}
      {session.simulation
        ? away("/outside-line", t("console.nav.outside_line"), IconPhoneIncoming)
        : null}
    </nav>
  );
}
