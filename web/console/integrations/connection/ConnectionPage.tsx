// One CRM: its state, the form with the steps beside it, and its users.
import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { crmQuery, organisationQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { JournalCard } from "../journal/JournalCard";
import { UsersCard } from "../users/UsersCard";
import "../integrations.css";
import { AuthorizeForm } from "./AuthorizeForm";
import { ConsentResult } from "./ConsentResult";
import { DisconnectButton } from "./DisconnectButton";
import { EnableSwitch } from "./EnableSwitch";
import { Guide } from "./Guide";
import { redirectUri, startHome } from "./redirectUri";
import { Scopes } from "./Scopes";
import { StatusCard } from "./StatusCard";
import { type Consent, useConsent } from "./useConsent";

const route = getRouteApi("/inside/integrations/crm/$kind");

export function ConnectionPage() {
  const { kind } = route.useParams();
  const { t } = useTranslation();
  const consent = useConsent(kind);
  const crm = useQuery({
    ...crmQuery(kind),
    // The consent is given in another tab; this page learns of it by asking.
    refetchInterval: consent.state.step === "waiting" ? 1_000 : 5_000,
  });
  return (
    <Loaded of={crm}>
      {(connection) => (
        <>
          <PageHead
            title={connection.name}
            under={[
              { label: t("console.nav.integrations") },
              { label: t("crm.title"), to: "/integrations/crm" },
            ]}
          >
            {connection.status === "not_connected" ? null : (
              <>
                <EnableSwitch connection={connection} />
                <DisconnectButton connection={connection} />
              </>
            )}
          </PageHead>
          <Stack gap="lg">
            <StatusCard connection={connection} />
            <ConsentResult connection={connection} consent={consent} />
            <ConnectForm key={formKey(connection)} connection={connection} consent={consent} />
            {connection.status === "not_connected" ? null : (
              <>
                <UsersCard connection={connection} />
                <JournalCard connection={connection} />
              </>
            )}
          </Stack>
        </>
      )}
    </Loaded>
  );
}

/** The form, and beside it the steps that show what to paste from it. */
function ConnectForm({ connection, consent }: { connection: CrmConnection; consent: Consent }) {
  const organisation = useQuery(organisationQuery);
  const [picked, setPicked] = useState<string | null>(null);
  return (
    <Loaded of={organisation}>
      {({ home_addresses: homes }) => {
        const home = picked ?? startHome(connection, homes, window.location.origin);
        return (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <AuthorizeForm
                connection={connection}
                consent={consent}
                homes={homes}
                home={home}
                onHome={setPicked}
              />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack gap="lg">
                <Guide connection={connection} redirectUri={redirectUri(connection, home)} />
                <Scopes scopes={connection.scopes} />
              </Stack>
            </Grid.Col>
          </Grid>
        );
      }}
    </Loaded>
  );
}

/** The form starts anew only when what it edits was changed on the server. */
function formKey({ version, kind }: CrmConnection): string {
  return `${kind} ${version ?? 0}`;
}
