// Over which server mail goes, and a test of it.
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mailQuery } from "@/api/queries";
import { Edited } from "@/editing/Edited";
import { PageHead } from "../../shell/PageHead";
import { MailForm } from "./MailForm";
import { MailTest } from "./MailTest";

export function MailPage() {
  const { t } = useTranslation();
  const mail = useQuery({ ...mailQuery, staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <PageHead title={t("mail.title")} text={t("mail.intro")} />
      <Edited of={mail} version={({ server }) => server?.version ?? 0}>
        {({ server }) => (
          <Stack gap="lg" maw={720}>
            <MailForm server={server} />
            {server ? <MailTest /> : null}
          </Stack>
        )}
      </Edited>
    </>
  );
}
