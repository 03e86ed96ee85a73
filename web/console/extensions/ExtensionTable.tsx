// The table of extensions with what can be done to each.
import { ActionIcon, Button, Group, Menu, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Extension } from "@/api/types";
import { IconDots, IconPencil, IconTrash, IconUserPlus } from "@/theme/icons";
import { Loading } from "@/theme/Loaded";
import { StatusDot } from "@/theme/StatusDot";
import { useBoundUsers } from "./boundUsers";
import { DeleteDialog } from "./DeleteDialog";
import { ExtensionDialog } from "./ExtensionDialog";
import { InviteDialog } from "./InviteDialog";
import "./extensions.css";

type Doing = { what: "edit" | "invite" | "delete"; extension: Extension };

export function ExtensionTable(props: {
  shown: Extension[];
  all: Extension[];
  accounts: Account[];
}) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const bound = useBoundUsers();
  const close = () => setDoing(null);
  // With a column more everything else would move.
  if (bound === undefined) return <Loading />;
  return (
    <>
      <Table.ScrollContainer minWidth={bound ? 980 : 820}>
        <Table verticalSpacing="sm" horizontalSpacing="lg" className="lc-extensions">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={90}>{t("phone.extensions.number")}</Table.Th>
              <Table.Th>{t("labels.name")}</Table.Th>
              <Table.Th w={150}>{t("phone.extensions.device")}</Table.Th>
              {bound ? <Table.Th>{t("phone.extensions.crm_user")}</Table.Th> : null}
              <Table.Th w={170}>{t("phone.extensions.agent")}</Table.Th>
              <Table.Th w={170}>
                <span className="lc-unseen">{t("actions.edit")}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {props.shown.map((extension) => (
              <Row
                key={extension.number}
                extension={extension}
                users={bound && (bound.of ? (bound.of.get(extension.number) ?? []) : "reading")}
                account={props.accounts.find(({ id }) => id === extension.account_id)}
                onDo={(what) => setDoing({ what, extension })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {props.shown.length === 0 ? (
        <Text p="lg" c="dimmed" ta="center">
          {t("phone.extensions.nothing_found")}
        </Text>
      ) : null}
      {doing?.what === "edit" ? (
        <ExtensionDialog extension={doing.extension} extensions={props.all} onClose={close} />
      ) : null}
      {doing?.what === "invite" ? (
        <InviteDialog extension={doing.extension} onClose={close} />
      ) : null}
      {doing?.what === "delete" ? (
        <DeleteDialog extension={doing.extension} onClose={close} />
      ) : null}
    </>
  );
}

interface RowProps {
  extension: Extension;
  /** `null` while there is no CRM that has users. */
  users: readonly string[] | "reading" | null;
  account: Account | undefined;
  onDo(what: Doing["what"]): void;
}

function Row({ extension, users, account, onDo }: RowProps) {
  const { t } = useTranslation();
  const invited = Boolean(extension.account_id);
  return (
    <Table.Tr>
      <Table.Td fw={650}>{extension.number}</Table.Td>
      <Table.Td>
        <Text className="lc-cut" title={extension.name} c={extension.name ? undefined : "dimmed"}>
          {extension.name || t("phone.extensions.unnamed")}
        </Text>
        <Text className="lc-cut" fz="sm" c="dimmed" title={extension.email ?? undefined}>
          {extension.email || t("phone.extensions.no_email")}
        </Text>
      </Table.Td>
      <Table.Td>
        {extension.devices.map((device) => (
          <Text key={device} className="lc-cut" fz="sm" title={device}>
            {device}
          </Text>
        ))}
        {extension.devices.length === 0 ? <Text fz="sm">–</Text> : null}
      </Table.Td>
      {users === "reading" ? <Table.Td /> : null}
      {Array.isArray(users) ? (
        <Table.Td>
          <Text
            className="lc-cut"
            fz="sm"
            title={users.join(", ")}
            c={users.length > 0 ? undefined : "dimmed"}
          >
            {users.join(", ") || t("phone.extensions.not_bound")}
          </Text>
        </Table.Td>
      ) : null}
      <Table.Td title={account?.email}>
        {invited ? (
          <StatusDot tone={extension.on_duty ? "good" : "idle"}>
            {extension.on_duty ? t("phone.extensions.on_duty") : t("phone.extensions.off_duty")}
          </StatusDot>
        ) : (
          <Text fz="sm" c="dimmed">
            {t("phone.extensions.not_invited")}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {invited ? null : (
            <Button
              size="xs"
              variant="light"
              leftSection={<IconUserPlus size={15} />}
              aria-label={`${t("phone.extensions.invite")} ${extension.number}`}
              onClick={() => onDo("invite")}
            >
              {t("phone.extensions.invite")}
            </Button>
          )}
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${t("actions.edit")} ${extension.number}`}
              >
                <IconDots size={18} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onDo("edit")}>
                {t("actions.edit")}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={() => onDo("delete")}
              >
                {t("actions.delete")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
