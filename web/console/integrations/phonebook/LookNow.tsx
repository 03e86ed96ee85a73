// When edits made in the CRM arrive, and a button for who does not want to wait (F10).
import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmPhonebookQuery } from "@/api/queries";
import type { CrmConnection } from "@/api/types";
import { IconRefresh } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function LookNow(props: { connection: CrmConnection; running: boolean }) {
  const { kind, name } = props.connection;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/crm/{kind}/phonebook/look", { params: { path: { kind } } })),
    onSuccess: (read) => queries.setQueryData(crmPhonebookQuery(kind).queryKey, read),
  });
  return (
    <>
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRefresh size={15} />}
          loading={look.isPending || props.running}
          onClick={() => look.mutate()}
        >
          {t("crm_settings.phonebook.look")}
        </Button>
        <Text fz="sm" c="dimmed">
          {t("crm_settings.phonebook.schedule", { name })}
        </Text>
      </Group>
      <ProblemNotice error={look.error} />
    </>
  );
}
