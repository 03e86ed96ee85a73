// A session has ended while its page was open: the page stays below, with what was typed there.
import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Account } from "@/api/types";
import { Dialog } from "@/theme/Dialog";
import { signInWaysQuery } from "./query";
import { SignInForm } from "./SignInForm";

export function SignInAgain({ account }: { account: Account }) {
  const { t } = useTranslation();
  const provider = useQuery(signInWaysQuery).data?.single_sign_on ?? null;
  return (
    <Dialog
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      overlayProps={{ blur: 6, backgroundOpacity: 0.6 }}
      title={t("session.again")}
    >
      <Stack>
        <Text fz="sm">{t("session.again_text", { email: account.email })}</Text>
        {provider === null ? null : (
          // In another tab: leaving this page would lose what is typed there. Back here, the page
          // asks who is signed in.
          <Button component="a" href="/sign-in/oidc" target="_blank" rel="noopener">
            {t("sign_on.button", { name: provider })}
          </Button>
        )}
        <SignInForm
          // Somebody else must not find what this one has on the page.
          onSignedIn={(session) => {
            if (session.account.id !== account.id) window.location.reload();
          }}
        />
      </Stack>
    </Dialog>
  );
}
