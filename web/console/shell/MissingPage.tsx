// An address that leads nowhere.
import { Anchor, Center, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Center mih="70dvh" component="main">
      <Stack align="center" gap="xs" px="md">
        <Title order={1}>{t("page.missing")}</Title>
        <Text c="dimmed">{t("page.missing_text")}</Text>
        <Anchor href="/">{t("page.to_home")}</Anchor>
      </Stack>
    </Center>
  );
}
