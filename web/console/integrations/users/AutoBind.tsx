// Auto-bind: shows what has the same e-mail address; confirmed, it still waits for Save (B4).
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Dialog } from "@/theme/Dialog";
import { IconLink } from "@/theme/icons";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { accept, type Draft } from "./bindings";

export interface AutoBindProps {
  kind: string;
  draft: Draft;
  onAccept(draft: Draft): void;
}

export function AutoBind({ kind, draft, onAccept }: AutoBindProps) {
  const { t } = useTranslation();
  const propose = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/crm/{kind}/bindings/auto", { params: { path: { kind } } })),
  });
  const proposed = propose.data?.proposed ?? [];
  const close = () => propose.reset();
  return (
    <>
      <Button
        variant="light"
        leftSection={<IconLink size={16} />}
        loading={propose.isPending}
        onClick={() => propose.mutate()}
      >
        {t("crm.users.auto")}
      </Button>
      <Dialog
        opened={propose.isSuccess || propose.isError}
        onClose={close}
        title={t("crm.users.auto_title")}
        size="lg"
        closeButtonProps={{ "aria-label": t("actions.close") }}
      >
        <Stack>
          <ProblemNotice error={propose.error} />
          {propose.isSuccess && proposed.length === 0 ? (
            <div>
              <Text>{t("crm.users.auto_none")}</Text>
              <Text c="dimmed">{t("crm.users.auto_none_text")}</Text>
            </div>
          ) : null}
          {proposed.length > 0 ? (
            <>
              <Text>{t("crm.users.auto_text")}</Text>
              <Table>
                <Table.Tbody>
                  {proposed.map(({ crm_user, name, email, extension }) => (
                    <Table.Tr key={`${crm_user} ${extension}`}>
                      <Table.Td className="lc-wrap">
                        {name} - {email}
                      </Table.Td>
                      <Table.Td fw={650}>{extension}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {proposed.length > 0 ? t("actions.cancel") : t("actions.close")}
            </Button>
            {proposed.length > 0 ? (
              <Button
                onClick={() => {
                  onAccept(accept(draft, proposed));
                  close();
                }}
              >
                {t("actions.ok")}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
