// A session has ended while its page was open: the page stays below, with what was typed there.
import { Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Account } from "@/api/types";
import { SignInForm } from "./SignInForm";

export function SignInAgain({ account }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <Modal
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
        <SignInForm
          // Somebody else must not find what this one has on the page.
          onSignedIn={(session) => {
            if (session.account.id !== account.id) window.location.reload();
          }}
        />
      </Stack>
    </Modal>
  );
}
