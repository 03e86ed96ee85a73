// The Console's pages, and the ways over to Desk and the Outside line.
import { Divider, NavLink, Text } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "@/api/types";
import {
  IconAddressBook,
  IconExternalLink,
  IconHeadset,
  IconHistory,
  IconHome,
  IconPhone,
  IconPhoneIncoming,
  IconPlug,
  IconSearch,
  IconSettings,
  IconUsers,
} from "@/theme/icons";

const PAGES = [
  { to: "/", text: "console.nav.home", icon: IconHome },
  { to: "/calls", text: "console.nav.calls", icon: IconHistory },
  { to: "/explain", text: "explain.title", icon: IconSearch },
  { to: "/contacts", text: "console.nav.phonebooks", icon: IconAddressBook },
  { to: "/phone-system", text: "console.nav.phone_system", icon: IconPhone },
  { to: "/extensions", text: "console.nav.extensions", icon: IconUsers },
] as const;

export function Navigation({ session, onNavigate }: { session: Session; onNavigate(): void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const page = (
    to: (typeof PAGES)[number]["to"] | "/integrations/crm" | "/settings",
    label: string,
    Icon: ComponentType<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>,
  ) => {
    const here = to === "/" ? pathname === "/" : pathname.startsWith(to);
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
  return (
    <nav aria-label={t("page.navigation")}>
      {PAGES.map(({ to, text, icon }) => page(to, t(text), icon))}
      <Text fz="xs" fw={600} c="dimmed" px={10} mt="md" mb={6}>
        {t("console.nav.integrations")}
      </Text>
      {page("/integrations/crm", t("console.nav.crm"), IconPlug)}
      <Divider my="md" />
      {page("/settings", t("console.nav.settings"), IconSettings)}
      {session.account.extension ? away("/desk/", t("console.nav.desk"), IconHeadset) : null}
      {session.simulation
        ? away("/outside-line", t("console.nav.outside_line"), IconPhoneIncoming)
        : null}
    </nav>
  );
}
