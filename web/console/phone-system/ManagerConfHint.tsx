// The piece of manager.conf that makes Linecard's user, with the rights it needs and no more.
import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyBlock } from "@/theme/CopyText";

export function ManagerConfHint({ username }: { username: string }) {
  const { t } = useTranslation();
  // Asterisk drops a client that lags for `writetimeout` ms; its default of 100 is short.
  const stanza = [
    `[${username}]`,
    "secret = ...",
    "deny = 0.0.0.0/0.0.0.0",
    "permit = 127.0.0.1/255.255.255.255",
    "read = system,call,agent,user",
    "write = call,originate,agent,reporting",
    "writetimeout = 5000",
  ].join("\n");
  return (
    <Stack gap="xs">
      <Title order={3}>{t("phone.hint_title")}</Title>
      <Text fz="sm">{t("phone.hint_text")}</Text>
      <CopyBlock value={stanza} label="manager.conf" />
      <Text fz="sm" c="dimmed">
        {t("phone.hint_rights")}
      </Text>
    </Stack>
  );
}
