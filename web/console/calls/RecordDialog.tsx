// Gives a call to another record of the CRM (X3).
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { CALLS } from "@/api/queries";
import type { CallEntry, CallMatch } from "@/api/types";
import { Dialog } from "@/theme/Dialog";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";

const named = ({ connection, module, id }: CallMatch) => `${connection} ${module} ${id}`;

export function RecordDialog({ entry, onClose }: { entry: CallEntry; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [picked, setPicked] = useState<string | null>(null);
  const path = { path: { key: entry.key } };
  const matches = useQuery({
    queryKey: ["matches", entry.key],
    queryFn: () => answer(api.GET("/api/v1/entries/{key}/matches", { params: path })),
    retry: false,
    gcTime: 0,
  });
  const save = useMutation({
    mutationFn: ({ connection, module, id }: CallMatch) =>
      answer(
        api.PUT("/api/v1/entries/{key}/record", {
          params: path,
          body: { connection, module, id },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: CALLS });
      notifications.show({ message: t("desk.file.done_choose"), color: "teal" });
      onClose();
    },
  });
  const list = matches.data ?? [];
  const chosen = list.find((it) => it.chosen);
  const value = picked ?? (chosen ? named(chosen) : null);
  const wanted = list.find((it) => named(it) === picked);
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("calls.choose")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <Loaded of={matches}>
          {(records) =>
            records.length === 0 ? (
              <Text>{t("calls.choose_none")}</Text>
            ) : (
              <Radio.Group label={t("desk.file.choose")} value={value} onChange={setPicked}>
                <Stack gap={8} mt={6}>
                  {records.map((it) => (
                    <Radio
                      key={named(it)}
                      value={named(it)}
                      classNames={{ label: "lc-wrap" }}
                      label={[it.name, it.company, t(`desk.module.${it.module}`), it.crm]
                        .filter(Boolean)
                        .join(" · ")}
                    />
                  ))}
                </Stack>
              </Radio.Group>
            )
          }
        </Loaded>
        <ProblemNotice error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button
            disabled={!wanted || wanted.chosen}
            loading={save.isPending}
            onClick={() => {
              if (wanted) save.mutate(wanted);
            }}
          >
            {t("actions.save")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
