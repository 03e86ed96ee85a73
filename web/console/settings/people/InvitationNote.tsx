// What became of the mail with somebody's invitation, and why where it was not sent.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AccountInvitation } from "@/api/types";
import { localeOf, textOr } from "@/texts/lookup";
import { momentText } from "@/texts/moment";

export function InvitationNote({ invitation }: { invitation: AccountInvitation }) {
  const { t, i18n } = useTranslation();
  const { mail } = invitation;
  if (!mail) return null;
  if (mail.state === "sent") {
    const time = mail.sent ? momentText(mail.sent, localeOf(i18n)) : "";
    return <Note>{t("invitations.mail.sent", { time })}</Note>;
  }
  if (!mail.problem) return <Note>{t("invitations.mail.waiting")}</Note>;
  const why =
    mail.problem === "not_set_up"
      ? t("invitations.not_set_up")
      : textOr(t, "mail.problem", mail.problem, mail.problem);
  return (
    <>
      <Note>
        {mail.state === "failed"
          ? t("invitations.mail.failed", { why })
          : t("invitations.mail.trying", { why })}
      </Note>
      {mail.words ? <Note>{mail.words}</Note> : null}
    </>
  );
}

function Note({ children }: { children: string }) {
  return (
    <Text fz="xs" c="dimmed" className="lc-wrap">
      {children}
    </Text>
  );
}
