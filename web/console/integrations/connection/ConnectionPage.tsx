// One CRM: its state, and below it, part by part, everything that is set for it.
import { Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { crmQuery } from "@/api/queries";
import { Edited } from "@/editing/Edited";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { CreatedCard } from "../creation/CreatedCard";
import { CreationCard } from "../creation/CreationCard";
import { FollowUpCard } from "../follow-up/FollowUpCard";
import { JournalCard } from "../journal/JournalCard";
import { PhonebookCard } from "../phonebook/PhonebookCard";
import { MatchingCard } from "../terms/MatchingCard";
import { SightCard } from "../terms/SightCard";
import { TrialCard } from "../terms/TrialCard";
import { UsersCard } from "../users/UsersCard";
import "../integrations.css";
import { ChecksCard } from "./ChecksCard";
import { ConnectForm } from "./ConnectForm";
import { ConsentResult } from "./ConsentResult";
import { DisconnectButton } from "./DisconnectButton";
import { EnableSwitch } from "./EnableSwitch";
import { PARTS } from "./parts";
import { StatusCard } from "./StatusCard";
import { useConsent } from "./useConsent";

const route = getRouteApi("/inside/integrations/crm/$kind");

export function ConnectionPage() {
  const { kind } = route.useParams();
  const { part = "connection" } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const consent = useConsent(kind);
  const crm = useQuery({
    ...crmQuery(kind),
    // The consent is given in another tab; this page learns of it by asking.
    refetchInterval: consent.state.step === "waiting" ? 1_000 : 5_000,
  });
  return (
    <Loaded of={crm}>
      {(connection) => {
        const form = (
          <Edited of={crm} version={({ version }) => version ?? 0}>
            {(held) => <ConnectForm connection={held} consent={consent} />}
          </Edited>
        );
        const joined = connection.status !== "not_connected";
        return (
          <>
            <PageHead
              title={connection.name}
              under={[
                { label: t("console.nav.integrations") },
                { label: t("crm.title"), to: "/integrations/crm" },
              ]}
            >
              {joined ? (
                <>
                  <EnableSwitch connection={connection} />
                  <DisconnectButton connection={connection} />
                </>
              ) : null}
            </PageHead>
            <Stack gap="lg">
              <StatusCard connection={connection} />
              <ConsentResult
                connection={connection}
                consent={consent}
                onBind={() => void navigate({ search: { part: "users" }, replace: true })}
              />
              {joined ? (
                <Tabs
                  value={part}
                  onChange={(to) => {
                    const next = PARTS.find((it) => it === to);
                    void navigate({ search: next ? { part: next } : {}, replace: true });
                  }}
                  keepMounted={false}
                >
                  <Tabs.List aria-label={t("crm.tabs.label")}>
                    {PARTS.map((it) => (
                      <Tabs.Tab key={it} value={it}>
                        {t(`crm.tabs.${it}`)}
                      </Tabs.Tab>
                    ))}
                  </Tabs.List>
                  <Tabs.Panel value="connection" pt="lg">
                    <Stack gap="lg">
                      <ChecksCard connection={connection} />
                      {form}
                    </Stack>
                  </Tabs.Panel>
                  <Tabs.Panel value="users" pt="lg">
                    <UsersCard connection={connection} />
                  </Tabs.Panel>
                  <Tabs.Panel value="journal" pt="lg">
                    <Stack gap="lg">
                      <JournalCard connection={connection} />
                      <TrialCard connection={connection} />
                      <FollowUpCard connection={connection} />
                    </Stack>
                  </Tabs.Panel>
                  <Tabs.Panel value="contacts" pt="lg">
                    <Stack gap="lg">
                      <MatchingCard connection={connection} />
                      {/* Salesforce tells what its users may read. */}
                      {connection.kind === "salesforce" ? null : (
                        <SightCard connection={connection} />
                      )}
                      <CreationCard connection={connection} />
                      <CreatedCard connection={connection} />
                    </Stack>
                  </Tabs.Panel>
                  <Tabs.Panel value="sync" pt="lg">
                    <PhonebookCard connection={connection} />
                  </Tabs.Panel>
                </Tabs>
              ) : (
                form
              )}
            </Stack>
          </>
        );
      }}
    </Loaded>
  );
}
