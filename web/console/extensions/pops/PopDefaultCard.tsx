// How pages open at the Desks of extensions that have no setting of their own (D8).
import { SimpleGrid } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { popDefaultQuery } from "@/api/queries";
import type { PopDefault } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { SettingsPaper } from "../../integrations/settings/SettingsPaper";
import { useKeep } from "../../integrations/settings/useKeep";
import { CLIENTS, MannerFields } from "./MannerFields";

export function PopDefaultCard() {
  const chosen = useQuery({ ...popDefaultQuery, staleTime: Number.POSITIVE_INFINITY });
  return (
    <Edited of={chosen} version={(it) => it.version}>
      {(read) => <PopDefaultForm chosen={read} />}
    </Edited>
  );
}

function PopDefaultForm({ chosen }: { chosen: PopDefault }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: chosen });
  const keep = useKeep(popDefaultQuery.queryKey, (body: PopDefault) =>
    answer(api.PUT("/api/v1/pop-default", { body })),
  );
  return (
    <SettingsPaper
      title={t("phone.pops.title")}
      text={t("phone.pops.text")}
      changed={form.isDirty()}
      busy={keep.isPending}
      error={keep.error}
      onDiscard={form.reset}
      onSubmit={form.onSubmit((values) => keep.mutate({ ...values, version: chosen.version }))}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {CLIENTS.map((client) => (
          <MannerFields
            key={client}
            client={client}
            value={form.values[client]}
            onChange={(manner) => {
              if (manner) form.setFieldValue(client, manner);
            }}
          />
        ))}
      </SimpleGrid>
    </SettingsPaper>
  );
}
