// Over which server mail goes, and a test of it.
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mailQuery } from "@/api/queries";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { MailForm } from "./MailForm";
import { MailTest } from "./MailTest";

export function MailPage() {
  const { t } = useTranslation();
  const mail = useQuery({ ...mailQuery, staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <PageHead title={t("mail.title")} text={t("mail.intro")} />
      <Loaded of={mail}>
        {({ server }) => (
          <Stack gap="lg" maw={720}>
            <MailForm key={server?.version ?? 0} server={server} />
            {server ? <MailTest /> : null}
          </Stack>
        )}
      </Loaded>
    </>
  );
}
