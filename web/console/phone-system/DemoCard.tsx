// The demo phone system, plainly called a simulation.
import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PhoneSystem } from "@/api/types";
import { IconExternalLink } from "@/theme/icons";
import { LinkLine } from "./LinkLine";

export function DemoCard({ system }: { system: PhoneSystem }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg">
      <Stack gap="sm" align="flex-start">
        <Group gap="sm">
          <Title order={2}>{t("phone.demo")}</Title>
          <Badge variant="default" radius="sm" tt="none">
            {t("console.simulation")}
          </Badge>
        </Group>
        <LinkLine link={system.link} />
        <Text>{t("phone.demo_text")}</Text>
        <Button
          component="a"
          href="/outside-line"
          target="_blank"
          rel="noopener"
          variant="light"
          rightSection={<IconExternalLink size={16} />}
        >
          {t("phone.demo_open")}
        </Button>
      </Stack>
    </Paper>
  );
}
