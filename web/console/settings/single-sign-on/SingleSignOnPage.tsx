// How people sign in at the company's identity provider, and a test of it.
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { singleSignOnQuery } from "@/api/queries";
import { Edited } from "@/editing/Edited";
import { PageHead } from "../../shell/PageHead";
import { SingleSignOnForm } from "./SingleSignOnForm";
import { SingleSignOnTest } from "./SingleSignOnTest";

export function SingleSignOnPage() {
  const { t } = useTranslation();
  const settings = useQuery({ ...singleSignOnQuery, staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <PageHead title={t("sign_on.title")} text={t("sign_on.intro")} />
      <Edited of={settings} version={(it) => it.version}>
        {(known) => (
          <Stack gap="lg" maw={720}>
            <SingleSignOnForm settings={known} />
            {/* What the provider answered goes with the settings it was asked by. */}
            {known.version > 0 ? <SingleSignOnTest key={`test ${known.version}`} /> : null}
          </Stack>
        )}
      </Edited>
    </>
  );
}
