// What to click in Salesforce, with the values to paste (A7). Other CRMs have none yet.
import { Paper, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { CopyCode } from "@/theme/CopyText";

export interface GuideProps {
  connection: CrmConnection;
  redirectUri: string;
}

export function Guide({ connection, redirectUri }: GuideProps) {
  const { t } = useTranslation();
  if (connection.kind !== "salesforce") return null;
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("crm.guide.title")}
      </Title>
      <ol className="lc-steps">
        <li>{t("crm.guide.app")}</li>
        <li>{t("crm.guide.name")}</li>
        <li>
          {t("crm.guide.oauth")}
          <CopyCode value={redirectUri} label={t("crm.redirect_uri")} />
        </li>
        <li>
          {t("crm.guide.scopes")} <strong>{connection.scopes.join(", ")}</strong>
        </li>
        <li>{t("crm.guide.pkce")}</li>
        <li>{t("crm.guide.policy")}</li>
        <li>{t("crm.guide.keys")}</li>
        <li>{t("crm.guide.finish")}</li>
      </ol>
    </Paper>
  );
}
