// What Linecard asks the CRM for and why, and what it does not need (A5).
import { List, Paper, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { textOr } from "@/texts/lookup";

export function Scopes({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation();
  if (scopes.length === 0) return null;
  return (
    <Paper p="lg">
      <Title order={2} mb="xs">
        {t("crm.scopes")}
      </Title>
      <List fz="sm" spacing={6} mb="sm">
        {scopes.map((scope) => (
          <List.Item key={scope}>{textOr(t, "crm.scope", scope, scope)}</List.Item>
        ))}
      </List>
      <Text fz="sm" c="dimmed">
        {t("crm.scopes_text")}
      </Text>
    </Paper>
  );
}
