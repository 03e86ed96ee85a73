// The form, and beside it the steps that show what to paste from it (A7).
import { Grid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { organisationQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { Loaded } from "@/theme/Loaded";
import { AuthorizeForm } from "./AuthorizeForm";
import { Guide } from "./Guide";
import { redirectUri, startHome } from "./redirectUri";
import { Scopes } from "./Scopes";
import type { Consent } from "./useConsent";
import { useFilledIn } from "./useFilledIn";

export function ConnectForm(props: { connection: CrmConnection; consent: Consent }) {
  const { connection, consent } = props;
  const organisation = useQuery(organisationQuery);
  const [picked, setPicked] = useState<string | null>(null);
  const form = useFilledIn(connection);
  useUnsaved(form.isDirty() || picked !== null);
  const isKept = useKept();
  const { saved, startAnew } = consent;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each save
  useEffect(() => {
    if (saved) isKept();
  }, [saved]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each form
  useEffect(() => startAnew(), []);
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
                form={form}
                homes={homes}
                home={home}
                onHome={setPicked}
              />
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack gap="lg">
                <Guide
                  connection={connection}
                  settings={form.values.settings}
                  redirectUri={redirectUri(connection, home)}
                  home={home}
                />
                <Scopes connection={connection} />
              </Stack>
            </Grid.Col>
          </Grid>
        );
      }}
    </Loaded>
  );
}
