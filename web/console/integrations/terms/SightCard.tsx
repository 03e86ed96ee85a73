// What agents see of records that are not theirs (B9).
import { Radio, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmTermsQuery } from "@/api/queries";
import type { CrmConnection, CrmTerms } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";

export function SightCard({ connection }: { connection: CrmConnection }) {
  const terms = useQuery(crmTermsQuery(connection.kind));
  return (
    <Edited of={terms} version={(it) => it.version}>
      {(chosen) => <SightForm kind={connection.kind} chosen={chosen} />}
    </Edited>
  );
}

function SightForm({ kind, chosen }: { kind: string; chosen: CrmTerms }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { sight: chosen.sight ?? "name_only" } });
  const keep = useKeep(crmTermsQuery(kind).queryKey, (body: CrmTerms) =>
    answer(api.PUT("/api/v1/crm/{kind}/terms", { params: { path: { kind } }, body })),
  );
  return (
    <SettingsPaper
      title={t("crm_settings.sight.title")}
      text={t("crm_settings.sight.text")}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit((values) => keep.mutate({ ...chosen, ...values }))}
    >
      <Radio.Group label={t("crm_settings.sight.label")} {...form.getInputProps("sight")}>
        <Stack gap={6} mt={6}>
          {(["own", "name_only", "all"] as const).map((choice) => (
            <Radio key={choice} value={choice} label={t(`crm_settings.sight.${choice}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsPaper>
  );
}
