// What Linecard asks the CRM for and why, whether it was given, and what is not needed (A5).
import { Paper, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { IconCircleCheck, IconCircleDashed, IconCircleX } from "@/theme/icons";
import { type ScopeState, scopeStates } from "./scopes";

const ICONS = { given: IconCircleCheck, missing: IconCircleX, unknown: IconCircleDashed };
const COLOURS = {
  given: "var(--linecard-good)",
  missing: "var(--linecard-bad)",
  unknown: "var(--mantine-color-dimmed)",
};

export function Scopes({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const { kind, name, scopes } = connection;
  if (scopes.length === 0) return null;
  const why = textOr(t, `crm_scopes.${kind}`, "why", "");
  return (
    <Paper p="lg">
      <Title order={2} mb="xs">
        {t("crm_scopes.title")}
      </Title>
      <ul className="lc-checks lc-scopes">
        {[...scopeStates(connection)].map(([scope, state]) => (
          <Scope key={scope} {...{ kind, name, scope, state }} />
        ))}
      </ul>
      {why ? (
        <Text fz="sm" c="dimmed" mt="sm">
          {why}
        </Text>
      ) : null}
    </Paper>
  );
}

function Scope(props: { kind: string; name: string; scope: string; state: ScopeState }) {
  const { t } = useTranslation();
  const { kind, name, scope, state } = props;
  const Icon = ICONS[state];
  // A text's key holds no dots.
  const text = textOr(t, `crm_scopes.${kind}`, scope.replace(/[^A-Za-z0-9]+/g, "_"), "");
  return (
    <li>
      <Icon
        size={19}
        role="img"
        aria-label={t(`crm_scopes.state.${state}`)}
        color={COLOURS[state]}
      />
      <div>
        <Text fz="sm" className="lc-wrap">
          {text || scope}
        </Text>
        {text && !text.includes(scope) ? (
          <Text fz="xs" c="dimmed" className="lc-wrap">
            {scope}
          </Text>
        ) : null}
        {state === "missing" ? <Text fz="sm">{t("crm_scopes.missing_do", { name })}</Text> : null}
      </div>
    </li>
  );
}
