// The groups of extensions, which are bound to a CRM user together (B6).
import { ActionIcon, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { extensionGroupsQuery } from "@/api/queries";
import type { Extension, ExtensionGroup } from "@/api/types";
import { IconPencil, IconPlus, IconTrash } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { DeleteGroupDialog } from "./DeleteGroupDialog";
import { GroupDialog } from "./GroupDialog";

type Doing = { what: "add" } | { what: "edit" | "delete"; group: ExtensionGroup };

export function GroupsCard({ extensions }: { extensions: readonly Extension[] }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const groups = useQuery(extensionGroupsQuery);
  const close = () => setDoing(null);
  return (
    <Paper p="lg" mt="lg">
      <Group justify="space-between" align="flex-start" mb="md">
        <div>
          <Title order={2}>{t("phone.groups.title")}</Title>
          <Text fz="sm" c="dimmed">
            {t("phone.groups.text")}
          </Text>
        </div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setDoing({ what: "add" })}
        >
          {t("phone.groups.add")}
        </Button>
      </Group>
      <Loaded of={groups} meanwhile={<Skeleton h="1.5rem" />}>
        {(list) =>
          list.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {t("phone.groups.none")}
            </Text>
          ) : (
            <Stack component="ul" gap="sm" m={0} p={0} className="lc-plain">
              {list.map((group) => (
                <Group component="li" key={group.id} wrap="nowrap" justify="space-between">
                  <div className="lc-grow">
                    <Text fw={600} className="lc-cut" title={group.name}>
                      {group.name}
                    </Text>
                    <Text fz="sm" c="dimmed" className="lc-wrap">
                      {group.extensions.join(", ") || t("phone.groups.empty")}
                    </Text>
                  </div>
                  <Group gap={4} wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`${t("actions.edit")} ${group.name}`}
                      onClick={() => setDoing({ what: "edit", group })}
                    >
                      <IconPencil size={17} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={`${t("actions.delete")} ${group.name}`}
                      onClick={() => setDoing({ what: "delete", group })}
                    >
                      <IconTrash size={17} />
                    </ActionIcon>
                  </Group>
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
      {doing?.what === "add" ? <GroupDialog extensions={extensions} onClose={close} /> : null}
      {doing?.what === "edit" ? (
        <GroupDialog group={doing.group} extensions={extensions} onClose={close} />
      ) : null}
      {doing?.what === "delete" ? <DeleteGroupDialog group={doing.group} onClose={close} /> : null}
    </Paper>
  );
}
