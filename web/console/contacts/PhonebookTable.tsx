// The table of phonebooks with what can be done to each.
import { ActionIcon, Anchor, Badge, Group, Menu, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Phonebook } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { IconDots, IconLock, IconPencil, IconTrash } from "@/theme/icons";
import { DeletePhonebookDialog } from "./DeletePhonebookDialog";
import { PhonebookDialog } from "./PhonebookDialog";
import { useCrmName } from "./useCrmName";
import "./contacts.css";

type Doing = { what: "edit" | "delete"; phonebook: Phonebook };

export function PhonebookTable({ phonebooks }: { phonebooks: Phonebook[] }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="sm" horizontalSpacing="lg" className="lc-phonebooks">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("contacts.name")}</Table.Th>
              <Table.Th w={130} ta="end">
                {t("contacts.count")}
              </Table.Th>
              <Table.Th w={160}>{t("contacts.seen_by")}</Table.Th>
              <Table.Th w={80}>
                <span className="lc-unseen">{t("actions.edit")}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {phonebooks.map((phonebook) => (
              <Row
                key={phonebook.id}
                phonebook={phonebook}
                onDo={(what) => setDoing({ what, phonebook })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {doing?.what === "edit" ? (
        <PhonebookDialog phonebook={doing.phonebook} onClose={close} />
      ) : null}
      {doing?.what === "delete" ? (
        <DeletePhonebookDialog phonebook={doing.phonebook} onClose={close} />
      ) : null}
    </>
  );
}

function Row({ phonebook, onDo }: { phonebook: Phonebook; onDo(what: Doing["what"]): void }) {
  const { t, i18n } = useTranslation();
  const { id, name, contacts, extensions, read_only } = phonebook;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Anchor
            className="lc-cut"
            maw="100%"
            fw={600}
            title={name}
            renderRoot={(props) => <Link to="/contacts/$id" params={{ id }} {...props} />}
          >
            {name}
          </Anchor>
          <PhonebookTags phonebook={phonebook} />
        </Group>
      </Table.Td>
      <Table.Td ta="end">{new Intl.NumberFormat(localeOf(i18n)).format(contacts)}</Table.Td>
      <Table.Td>
        <Text fz="sm" c={extensions?.length === 0 ? "dimmed" : undefined}>
          {extensions === null
            ? t("contacts.everyone")
            : extensions.length === 0
              ? t("contacts.nobody")
              : t("contacts.seen_by", { count: extensions.length })}
        </Text>
      </Table.Td>
      <Table.Td ta="end">
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("contacts.open_more", { name })}
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
              disabled={read_only}
              leftSection={<IconTrash size={16} />}
              onClick={() => onDo("delete")}
            >
              {t("actions.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

/** Where its contacts come from, and whether people can change them. */
export function PhonebookTags({ phonebook }: { phonebook: Phonebook }) {
  const { t } = useTranslation();
  const crmName = useCrmName();
  if (!phonebook.crm) return null;
  return (
    <>
      <Badge variant="default" radius="sm" tt="none" flex="none">
        {t("contacts.crm_tag", { name: crmName(phonebook.crm) })}
      </Badge>
      {phonebook.read_only ? (
        <Badge
          variant="default"
          radius="sm"
          tt="none"
          flex="none"
          leftSection={<IconLock size={12} aria-hidden />}
        >
          {t("contacts.read_only")}
        </Badge>
      ) : null}
    </>
  );
}
