// Who is signed in, with language, appearance and the way out.
import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import type { Account, Language } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { setLanguage } from "@/texts/start";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from "@/theme/icons";
import { sessionQuery } from "./query";

const SCHEMES = [
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
  { value: "auto", icon: IconDeviceDesktop },
] as const;

const LANGUAGES: { value: Language; name: "session.english" | "session.chinese" }[] = [
  { value: "en", name: "session.english" },
  { value: "zh-CN", name: "session.chinese" },
];

export function AccountMenu({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => answer(api.DELETE("/api/v1/session")),
    // Nothing of one account stays for the next.
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, null);
    },
  });
  const keepLanguage = useMutation({
    mutationFn: (language: Language) =>
      answer(api.PUT("/api/v1/session/language", { body: { language } })),
  });
  const ticked = (on: boolean) => (on ? <IconCheck size={15} aria-hidden /> : null);

  return (
    <Menu width={240} position="bottom-end" shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={`${t("session.account")}: ${account.name}`}>
          <Avatar name={account.name} color="line" radius="xl" size={34} variant="filled" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fz="sm" fw={600} c="var(--mantine-color-text)" truncate title={account.name}>
            {account.name}
          </Text>
          <Text fz="xs" truncate title={account.email}>
            {account.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t("session.language")}</Menu.Label>
        {LANGUAGES.map(({ value, name }) => (
          <Menu.Item
            key={value}
            rightSection={ticked(localeOf(i18n) === value)}
            onClick={() => {
              setLanguage(i18n, value);
              keepLanguage.mutate(value);
            }}
          >
            {t(name)}
          </Menu.Item>
        ))}
        <Menu.Label>{t("session.appearance")}</Menu.Label>
        {SCHEMES.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={ticked(colorScheme === value)}
            onClick={() => setColorScheme(value)}
          >
            {t(`session.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut.mutate()}
        >
          {t("session.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
