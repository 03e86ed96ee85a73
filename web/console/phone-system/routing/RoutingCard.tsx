// Known callers to their contact's owner (X8): what to write into the dial plan, and the token.
import { Grid, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyBlock } from "@/theme/CopyText";
import { agiDialPlan, httpDialPlan, isExtension } from "./dialPlan";
import { RoutingToken } from "./RoutingToken";

export function RoutingCard() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("101");
  const [token, setToken] = useState<string | null>(null);
  const fallback = isExtension(typed) ? typed : "101";
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Title order={2}>{t("routing.title")}</Title>
        <Text fz="sm">{t("routing.text")}</Text>
        <TextInput
          label={t("routing.default")}
          description={t("routing.default_hint")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.trim())}
          maw={240}
          inputMode="numeric"
        />
        <Grid gap="xl">
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Stack gap="xs">
              <Title order={3}>{t("routing.agi")}</Title>
              <Text fz="sm">{t("routing.agi_text")}</Text>
              <CopyBlock value={agiDialPlan(fallback)} label="extensions.conf, FastAGI" />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Stack gap="xs">
              <Title order={3}>{t("routing.http")}</Title>
              <Text fz="sm">{t("routing.http_text")}</Text>
              <CopyBlock
                value={httpDialPlan(fallback, window.location.origin, token ?? "...")}
                label="extensions.conf, HTTP"
              />
              <RoutingToken made={token} onMade={setToken} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </Paper>
  );
}
