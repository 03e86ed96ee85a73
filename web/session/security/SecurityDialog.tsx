// One's own password and second factor, from the account menu of the Console and of Desk.
import { Divider, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/theme/Dialog";
import { Loaded } from "@/theme/Loaded";
import { PasswordForm } from "./PasswordForm";
import { secondFactorQuery } from "./query";
import { SecondFactor } from "./SecondFactor";

export function SecurityDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const state = useQuery(secondFactorQuery);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("security.open")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Loaded of={state}>
        {(known) => (
          <Stack gap="lg">
            <PasswordForm hasPassword={known.password} />
            <Divider />
            <SecondFactor state={known} level={3} />
          </Stack>
        )}
      </Loaded>
    </Dialog>
  );
}
