// Whether an invitation goes out by mail; where no mail server is known, how that would come about.
import { Checkbox, type CheckboxProps, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mailQuery } from "@/api/queries";

/** Without a mail server there is a link to hand over only, whatever was chosen. */
export function useHasMail(): boolean {
  return Boolean(useQuery(mailQuery).data?.server);
}

export function ByMail(choice: CheckboxProps) {
  const { t } = useTranslation();
  if (!useHasMail()) {
    return (
      <Text fz="sm" c="dimmed">
        {t("invitations.no_mail")}
      </Text>
    );
  }
  return (
    <Checkbox
      label={t("invitations.by_mail")}
      description={t("invitations.by_mail_text")}
      {...choice}
    />
  );
}
