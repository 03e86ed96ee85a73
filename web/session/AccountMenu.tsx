// Who is signed in. What opens below is fetched with the first click.
import { Avatar, UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "@/api/types";
import { IconUser } from "@/theme/icons";

const AccountPanel = lazy(async () => {
  const { AccountPanel } = await import("./AccountPanel");
  return { default: AccountPanel };
});

export function AccountMenu({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const button = (onClick: () => void) => (
    <UnstyledButton onClick={onClick} aria-label={`${t("session.account")}: ${account.name}`}>
      <Avatar color="line" radius="xl" size={34} variant="filled">
        <IconUser size={19} aria-hidden />
      </Avatar>
    </UnstyledButton>
  );
  const first = button(() => setAsked(true));
  if (!asked) return first;
  return (
    <Suspense fallback={first}>
      <AccountPanel account={account} button={button} />
    </Suspense>
  );
}
