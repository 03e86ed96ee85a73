// What opens below the account button: language, appearance, security and the way out.
import {
  Button,
  Divider,
  Popover,
  SegmentedControl,
  Stack,
  Text,
  useMantineColorScheme,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { Account, Language } from "@/api/types";
import { IconLock, IconLogout, IconPlug } from "@/theme/icons";
import { LanguageSwitch } from "./LanguageSwitch";
import { sessionQuery } from "./query";

/** The button that opens and closes it. */
type ButtonOf = (onClick: () => void) => ReactElement;

const SecurityDialog = lazy(async () => {
  const { SecurityDialog } = await import("./security/SecurityDialog");
  return { default: SecurityDialog };
});

const DevicesDialog = lazy(async () => {
  const { DevicesDialog } = await import("./devices/DevicesDialog");
  return { default: DevicesDialog };
});

export function AccountPanel({ account, button }: { account: Account; button: ButtonOf }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [menu, setMenu] = useState(true);
  const [security, setSecurity] = useState(false);
  const [devices, setDevices] = useState(false);
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/session")),
    // Nothing of one account stays for the next.
    onSuccess: () => window.location.reload(),
  });
  const keepLanguage = useMutation({
    mutationFn: (language: Language) =>
      answer(api.PUT("/api/v1/session/language", { body: { language } })),
    onSuccess: (_, language) => {
      queries.setQueryData(sessionQuery.queryKey, (known) =>
        known ? { ...known, account: { ...known.account, language } } : known,
      );
    },
  });
  return (
    <>
      <Popover
        width={264}
        position="bottom-end"
        shadow="md"
        trapFocus
        opened={menu}
        onChange={setMenu}
      >
        <Popover.Target>{button(() => setMenu(!menu))}</Popover.Target>
        <Popover.Dropdown aria-label={t("session.account")}>
          <Stack gap="sm">
            <div>
              <Text fw={600} truncate title={account.name}>
                {account.name}
              </Text>
              <Text fz="sm" c="dimmed" truncate title={account.email}>
                {account.email}
              </Text>
            </div>
            <Divider />
            <Stack gap={4}>
              <Text fz="sm" c="dimmed">
                {t("session.language")}
              </Text>
              <LanguageSwitch fullWidth onPick={(language) => keepLanguage.mutate(language)} />
            </Stack>
            <Stack gap={4}>
              <Text fz="sm" c="dimmed">
                {t("session.appearance")}
              </Text>
              <SegmentedControl
                size="xs"
                fullWidth
                aria-label={t("session.appearance")}
                value={colorScheme}
                onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
                data={[
                  { value: "light", label: t("session.light") },
                  { value: "dark", label: t("session.dark") },
                  { value: "auto", label: t("session.auto") },
                ]}
              />
            </Stack>
            <Divider />
            <Button
              variant="subtle"
              color="gray"
              justify="flex-start"
              leftSection={<IconLock size={17} aria-hidden />}
              onClick={() => {
                setMenu(false);
                setSecurity(true);
              }}
            >
              {t("security.open")}
            </Button>
            <Button
              variant="subtle"
              color="gray"
              justify="flex-start"
              leftSection={<IconPlug size={17} aria-hidden />}
              onClick={() => {
                setMenu(false);
                setDevices(true);
              }}
            >
              {t("devices.title")}
            </Button>
            <Button
              variant="subtle"
              color="gray"
              justify="flex-start"
              leftSection={<IconLogout size={17} aria-hidden />}
              loading={signOut.isPending}
              onClick={() => signOut.mutate()}
            >
              {t("session.sign_out")}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {security ? (
        <Suspense>
          <SecurityDialog onClose={() => setSecurity(false)} />
        </Suspense>
      ) : null}
      {devices ? (
        <Suspense>
          <DevicesDialog onClose={() => setDevices(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
