// What to click in the CRM, with the values to paste (A7). A CRM with two ways of connecting has
// steps for each.
import { Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { CopyCode } from "@/theme/CopyText";
import { signInWith, type Values } from "./fields";

type Shown = "redirect" | "home" | "scopes";

/** The steps in their order; some show a value to paste or to tick. */
const STEPS: Record<string, readonly (string | readonly [string, Shown])[]> = {
  salesforce: [
    "app",
    "name",
    ["oauth", "redirect"],
    ["scopes", "scopes"],
    "pkce",
    "policy",
    "keys",
    "connected_app",
    "finish",
  ],
  zoho: ["console", ["home", "home"], ["redirect", "redirect"], "create", "place", "finish"],
  bitrix24: ["open", "webhook", "scopes", "save", "paste", "finish", "dialling"],
  hubspot: ["open", "create", ["scopes", "scopes"], "copy", "app", "finish"],
  hubspot_oauth: ["open", ["redirect", "redirect"], ["scopes", "scopes"], "keys", "finish"],
};

export interface GuideProps {
  connection: CrmConnection;
  settings: Values;
  redirectUri: string;
  home: string;
}

export function Guide({ connection, settings, redirectUri, home }: GuideProps) {
  const { t } = useTranslation();
  const { kind, scopes } = connection;
  const onPage = signInWith(connection, settings) === "consent";
  const guide = onPage && STEPS[`${kind}_oauth`] ? `${kind}_oauth` : kind;
  const steps = STEPS[guide];
  if (!steps) return null;
  const values: Record<Shown, ReactNode> = {
    redirect: <CopyCode value={redirectUri} label={t("crm.redirect_uri")} />,
    home: <CopyCode value={home} label={t("crm.home_address")} />,
    scopes: <CopyCode value={scopes.join(" ")} label={t("crm_scopes.title")} />,
  };
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t("crm_guides.title")}
      </Title>
      <ol className="lc-steps">
        {steps.map((step) => {
          const [name, shown] = typeof step === "string" ? [step, null] : step;
          return (
            <li key={name}>
              {textOr(t, `crm_guides.${guide}`, name, name)}
              {shown ? values[shown] : null}
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}
