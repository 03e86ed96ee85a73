// Which of several records with one number a call belongs to (X3).
import { ActionIcon, Group, Radio, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmTermsQuery } from "@/api/queries";
import type { CrmConnection, CrmTerms } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { IconArrowDown, IconArrowUp } from "@/theme/icons";
import { moved } from "../order";
import { SettingsPaper } from "../settings/SettingsPaper";
import { useKeep } from "../settings/useKeep";

export function MatchingCard({ connection }: { connection: CrmConnection }) {
  const terms = useQuery(crmTermsQuery(connection.kind));
  return (
    <Edited of={terms} version={(it) => it.version}>
      {(chosen) => <MatchingForm kind={connection.kind} chosen={chosen} />}
    </Edited>
  );
}

function MatchingForm({ kind, chosen }: { kind: string; chosen: CrmTerms }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { modules: chosen.modules, tie_break: chosen.tie_break } });
  const keep = useKeep(crmTermsQuery(kind).queryKey, (body: CrmTerms) =>
    answer(api.PUT("/api/v1/crm/{kind}/terms", { params: { path: { kind } }, body })),
  );
  const { modules } = form.values;
  const move = (from: number, to: number) =>
    form.setFieldValue("modules", moved(modules, from, to));
  return (
    <SettingsPaper
      title={t("crm_settings.matching.title")}
      text={t("crm_settings.matching.text")}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit((values) => keep.mutate({ ...chosen, ...values }))}
    >
      <div>
        <Text fz="sm" fw={600}>
          {t("crm_settings.matching.order")}
        </Text>
        <ol className="lc-order lc-order-narrow">
          {modules.map((module, at) => {
            const name = t(`crm_settings.phonebook.module.${module}`);
            return (
              <li key={module}>
                <Text span c="dimmed" fz="sm" miw="2.5em">
                  {t("crm.order.place", { n: String(at + 1) })}
                </Text>
                <Text span flex={1} fz="sm">
                  {name}
                </Text>
                <Group gap={4} wrap="nowrap">
                  <ActionIcon
                    variant="default"
                    aria-label={t("crm.order.up", { name })}
                    disabled={at === 0}
                    onClick={() => move(at, at - 1)}
                  >
                    <IconArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="default"
                    aria-label={t("crm.order.down", { name })}
                    disabled={at === modules.length - 1}
                    onClick={() => move(at, at + 1)}
                  >
                    <IconArrowDown size={16} />
                  </ActionIcon>
                </Group>
              </li>
            );
          })}
        </ol>
      </div>
      <Radio.Group
        label={t("crm_settings.matching.tie_break")}
        {...form.getInputProps("tie_break")}
      >
        <Stack gap={6} mt={6}>
          {(["last_activity", "last_modified"] as const).map((choice) => (
            <Radio key={choice} value={choice} label={t(`crm_settings.matching.${choice}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </SettingsPaper>
  );
}
