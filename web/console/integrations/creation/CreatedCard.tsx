// What Linecard created in the CRM for unknown numbers, and the way to take it back (G11).
import { Anchor, Button, Checkbox, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { crmCreatedQuery } from "@/api/queries";
import type { CreatedRecord, CrmConnection } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import { adviceText } from "@/texts/advice";
import { localeOf } from "@/texts/lookup";
import { AskDialog } from "@/theme/AskDialog";
import { Loaded } from "@/theme/Loaded";
import { Said } from "@/theme/Said";

export function CreatedCard({ connection }: { connection: CrmConnection }) {
  const { t } = useTranslation();
  const { kind, name } = connection;
  const queries = useQueryClient();
  const created = useQuery({ ...crmCreatedQuery(kind), refetchInterval: 5_000 });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asking, { open, close }] = useDisclosure(false);
  const [keepTouched, setKeepTouched] = useState(true);
  const undo = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/crm/{kind}/created/undo", {
          params: { path: { kind } },
          body: { ids: [...chosen], keep_touched: keepTouched },
        }),
      ),
    onSuccess: async ({ records }) => {
      close();
      setChosen([]);
      await queries.invalidateQueries({ queryKey: crmCreatedQuery(kind).queryKey });
      const removed = records.filter(({ result }) => result === "removed").length;
      const left = records.length - removed;
      const failed = records.find(({ result }) => result === "failed");
      notifications.show({
        message: [
          t("crm_settings.created.undone", { n: String(removed) }),
          left > 0 ? t("crm_settings.created.not_undone", { n: String(left) }) : null,
          adviceText(t, failed?.advice),
          failed?.words ? `${t("labels.their_words")}: ${failed.words}` : null,
        ]
          .filter(Boolean)
          .join(" · "),
        color: left > 0 ? "orange" : "teal",
        // What to do is longer than a glance.
        ...(failed ? { autoClose: false } : {}),
      });
    },
  });
  return (
    <Paper p="lg">
      <Stack>
        <div>
          <Title order={2}>{t("crm_settings.created.title")}</Title>
          <Text c="dimmed" fz="sm">
            {t("crm_settings.created.text", { name })}
          </Text>
        </div>
        <Loaded of={created}>
          {({ records }) => {
            const undoable = records.filter(({ state }) => state === "created");
            if (records.length === 0) {
              return (
                <Text fz="sm" c="dimmed">
                  {t("crm_settings.created.none")}
                </Text>
              );
            }
            return (
              <>
                {undoable.length > 0 ? (
                  <Group>
                    <Button
                      variant="default"
                      size="xs"
                      onClick={() => setChosen(undoable.map(({ id }) => id))}
                    >
                      {t("crm_settings.created.choose_all")}
                    </Button>
                    <Button size="xs" color="red" disabled={chosen.length === 0} onClick={open}>
                      {t("crm_settings.created.undo")}
                    </Button>
                  </Group>
                ) : null}
                <ul className="lc-plain lc-created">
                  {records.map((record) => (
                    <Created
                      key={record.id}
                      record={record}
                      chosen={chosen.includes(record.id)}
                      onChoose={(on) =>
                        setChosen(
                          on
                            ? [...chosen, record.id]
                            : chosen.filter((other) => other !== record.id),
                        )
                      }
                    />
                  ))}
                </ul>
              </>
            );
          }}
        </Loaded>
      </Stack>
      <AskDialog
        opened={asking}
        onClose={close}
        title={t("crm_settings.created.undo_title", { name })}
        confirm={t("crm_settings.created.undo")}
        danger
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate()}
      >
        <Stack gap="sm">
          <Text>{t("crm_settings.created.undo_text", { n: String(chosen.length), name })}</Text>
          <Checkbox
            label={t("crm_settings.created.keep_touched")}
            checked={keepTouched}
            onChange={(event) => setKeepTouched(event.currentTarget.checked)}
          />
        </Stack>
      </AskDialog>
    </Paper>
  );
}

interface CreatedProps {
  record: CreatedRecord;
  chosen: boolean;
  onChoose(on: boolean): void;
}

function Created({ record, chosen, onChoose }: CreatedProps) {
  const { t, i18n } = useTranslation();
  const page = webAddress(record.page);
  const at = new Intl.DateTimeFormat(localeOf(i18n), {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(record.at));
  return (
    <li className="lc-created-one">
      <Checkbox
        aria-label={record.name}
        checked={chosen}
        disabled={record.state !== "created"}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div className="lc-grow">
        <Text fz="sm" fw={550} className="lc-wrap">
          {page && record.state !== "removed" ? (
            <Anchor href={page} target="_blank" rel="noopener noreferrer" inherit>
              {record.name}
            </Anchor>
          ) : (
            record.name
          )}
        </Text>
        <Text fz="sm" c="dimmed" className="lc-wrap">
          {[
            t(`crm_settings.created.state.${record.state}`),
            record.number,
            record.extension,
            record.by_hand
              ? t("crm_settings.created.by_hand")
              : t("crm_settings.created.by_itself"),
            at,
          ].join(" · ")}
        </Text>
        <Said words={record.words} advice={record.advice} />
      </div>
    </li>
  );
}
