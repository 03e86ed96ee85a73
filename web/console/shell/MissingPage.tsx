// An address that leads nowhere.
import { Anchor, Center, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Center mih="70dvh" component="main">
      <Stack align="center" gap="xs" px="md">
        <Title order={1}>{t("common.page_missing")}</Title>
        <Text c="dimmed">{t("common.page_missing_text")}</Text>
        <Anchor href="/">{t("common.to_home")}</Anchor>
      </Stack>
    </Center>
  );
}
