// What Linecard asks the CRM for and why, and what it does not need (A5).
import { List, Paper, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { textOr } from "@/texts/lookup";

export function Scopes({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const { kind, scopes } = connection;
  if (scopes.length === 0) return null;
  const why = textOr(t, `crm_scopes.${kind}`, "why", "");
  return (
    <Paper p="lg">
      <Title order={2} mb="xs">
        {t("crm_scopes.title")}
      </Title>
      <List fz="sm" spacing={6} mb="sm">
        {scopes.map((scope) => {
          // A text's key holds no dots.
          const text = textOr(t, `crm_scopes.${kind}`, scope.replace(/[^A-Za-z0-9]+/g, "_"), "");
          return (
            <List.Item key={scope} className="lc-wrap">
              {text || scope}
              {text && !text.includes(scope) ? (
                <Text fz="xs" c="dimmed" className="lc-wrap">
                  {scope}
                </Text>
              ) : null}
            </List.Item>
          );
        })}
      </List>
      {why ? (
        <Text fz="sm" c="dimmed">
          {why}
        </Text>
      ) : null}
    </Paper>
  );
}
