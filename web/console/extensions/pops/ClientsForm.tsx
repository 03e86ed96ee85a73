// An extension's Desk clients: how pages open at each, where it is not as the organisation (D8).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { extensionPopsQuery, popDefaultQuery } from "@/api/queries";
import type { ExtensionPops, PopDefault } from "@/api/types";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { useKeep } from "../../integrations/settings/useKeep";
import { CLIENTS, MannerFields } from "./MannerFields";

export interface ClientsFormProps {
  number: string;
  onClose(): void;
}

export function ClientsForm({ number, onClose }: ClientsFormProps) {
  const { t } = useTranslation();
  // Read anew for each opening, and then left alone under the admin's hands.
  const own = useQuery({ ...extensionPopsQuery(number), refetchOnWindowFocus: false, gcTime: 0 });
  const fallback = useQuery(popDefaultQuery);
  return (
    <Stack>
      <Text fz="sm" c="dimmed">
        {t("phone.pops.own_text")}
      </Text>
      <Loaded of={fallback}>
        {(organisation) => (
          <Loaded of={own}>
            {(chosen) => <Fields {...{ number, organisation, chosen, onClose }} />}
          </Loaded>
        )}
      </Loaded>
    </Stack>
  );
}

interface FieldsProps extends ClientsFormProps {
  organisation: PopDefault;
  chosen: ExtensionPops;
}

function Fields({ number, organisation, chosen, onClose }: FieldsProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: chosen });
  const keep = useKeep(extensionPopsQuery(number).queryKey, (body: ExtensionPops) =>
    answer(api.PUT("/api/v1/extensions/{number}/pops", { params: { path: { number } }, body })),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => keep.mutate(values, { onSuccess: onClose }))}
    >
      <Stack>
        {CLIENTS.map((client) => (
          <MannerFields
            key={client}
            client={client}
            value={form.values[client] ?? null}
            fallback={organisation[client]}
            onChange={(manner) => form.setFieldValue(client, manner)}
          />
        ))}
        <ProblemNotice error={keep.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button type="submit" loading={keep.isPending}>
            {t("actions.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
