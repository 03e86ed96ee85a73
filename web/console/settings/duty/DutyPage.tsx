// What agents may be at in Desk: the reasons for a break, and how long a wrap-up lasts.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { dutyRulesQuery } from "@/api/queries";
import { Edited } from "@/editing/Edited";
import { PageHead } from "../../shell/PageHead";
import { DutyForm } from "./DutyForm";

export function DutyPage() {
  const { t } = useTranslation();
  const rules = useQuery(dutyRulesQuery);
  return (
    <>
      <PageHead title={t("duty.title")} text={t("duty.intro")} />
      <Edited of={rules} version={({ version }) => version}>
        {(read) => <DutyForm rules={read} />}
      </Edited>
    </>
  );
}
