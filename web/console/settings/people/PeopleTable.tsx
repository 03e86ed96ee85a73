// The table of people with what can be done to each.
import {
  ActionIcon,
  Badge,
  Button,
  Center,
  Group,
  Menu,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mailQuery } from "@/api/queries";
import type { Account } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { IconDots } from "@/theme/icons";
import { StatusDot, type Tone } from "@/theme/StatusDot";
import { AskAbout, type Deed } from "./AskAbout";
import { InvitationNote } from "./InvitationNote";
import { LinkDialog } from "./LinkDialog";
import { PersonDialog } from "./PersonDialog";
import { useDeed } from "./useDeed";

type Doing =
  | { what: "edit" | Deed; person: Account }
  | { what: "link"; name: string; link: string };

/** More rows than these are shown when somebody asks. */
const SHOWN = 100;
/** With more people than these a field finds one. */
const SEEN_AT_ONCE = 20;

export function PeopleTable({ people, own }: { people: Account[]; own: string | undefined }) {
  const { t } = useTranslation();
  const hasMail = Boolean(useQuery(mailQuery).data?.server);
  const [sought, setSought] = useState("");
  const [most, setMost] = useState(SHOWN);
  const words = sought.trim().toLowerCase();
  const found = people.filter(({ name, email, extension }) =>
    [name, email, extension].some((it) => it?.toLowerCase().includes(words)),
  );
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      {people.length > SEEN_AT_ONCE ? (
        <TextInput
          label={t("invitations.find")}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
          maw={320}
          p="lg"
        />
      ) : null}
      <Table.ScrollContainer
        minWidth={960}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: "region", "aria-label": t("people.title") },
        }}
      >
        <Table layout="fixed" verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("people.person")}</Table.Th>
              <Table.Th w={140}>{t("people.role")}</Table.Th>
              <Table.Th w={100}>{t("people.extension")}</Table.Th>
              <Table.Th w={250}>{t("people.state")}</Table.Th>
              <Table.Th w={160}>{t("people.last_sign_in")}</Table.Th>
              <Table.Th w={70}>
                <span className="lc-unseen">{t("actions.edit")}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, most).map((person) => (
              <Row
                key={person.id}
                person={person}
                isOwn={person.id === own}
                hasMail={hasMail}
                onDo={(what) => setDoing({ what, person })}
                onLink={(link) => setDoing({ what: "link", name: person.name, link })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length > most ? (
        <Center p="md">
          <Button variant="default" onClick={() => setMost(most + SHOWN)}>
            {t("invitations.show_more")}
          </Button>
        </Center>
      ) : null}
      {doing?.what === "edit" ? <PersonDialog person={doing.person} onClose={close} /> : null}
      {doing?.what === "link" ? <LinkDialog {...doing} onClose={close} /> : null}
      {doing && doing.what !== "edit" && doing.what !== "link" ? (
        <AskAbout deed={doing.what} person={doing.person} onClose={close} />
      ) : null}
    </>
  );
}

const TONES = { invited: "idle", not_sent: "bad", expired: "warn" } as const;

function stateOf(t: TFunction, { disabled, invitation }: Account): [Tone, string] {
  if (disabled) return ["idle", t("people.disabled")];
  if (invitation.state === "accepted") return ["good", t("people.active")];
  return [TONES[invitation.state], t(`invitations.state.${invitation.state}`)];
}

interface RowProps {
  person: Account;
  isOwn: boolean;
  /** Whether anything can be mailed. */
  hasMail: boolean;
  onDo(what: "edit" | Deed): void;
  onLink(link: string): void;
}

function Row({ person, isOwn, hasMail, onDo, onLink }: RowProps) {
  const { t, i18n } = useTranslation();
  const { enable, makeLink, inviteAgain } = useDeed(person, onLink);
  const { name, email, role, extension, disabled, last_sign_in, second_factor } = person;
  const { invitation } = person;
  const isInvited = !disabled && invitation.state !== "accepted";
  const [tone, state] = stateOf(t, person);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Text className="lc-cut" title={name} fw={550}>
            {name}
          </Text>
          {isOwn ? (
            <Badge size="sm" variant="default" tt="none">
              {t("people.you")}
            </Badge>
          ) : null}
        </Group>
        <Text className="lc-cut" fz="sm" c="dimmed" title={email}>
          {email}
        </Text>
      </Table.Td>
      <Table.Td>{t(`people.role_name.${role}`)}</Table.Td>
      <Table.Td>{extension ?? "–"}</Table.Td>
      <Table.Td>
        <StatusDot tone={tone}>{state}</StatusDot>
        {isInvited ? <InvitationNote invitation={invitation} /> : null}
        {second_factor ? (
          <Text fz="xs" c="dimmed">
            {t("people.second_factor")}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {last_sign_in ? momentText(last_sign_in, localeOf(i18n)) : t("people.never")}
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("people.more", { name })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onDo("edit")}>{t("actions.edit")}</Menu.Item>
            {disabled ? null : (
              <Menu.Item onClick={() => makeLink.mutate()}>{t("people.new_link")}</Menu.Item>
            )}
            {isInvited && hasMail ? (
              <Menu.Item onClick={() => inviteAgain.mutate()}>
                {t("invitations.send_again")}
              </Menu.Item>
            ) : null}
            {second_factor && !isOwn ? (
              <Menu.Item onClick={() => onDo("reset")}>{t("people.reset")}</Menu.Item>
            ) : null}
            {isOwn ? null : disabled ? (
              <Menu.Item onClick={() => enable.mutate()}>{t("people.enable")}</Menu.Item>
            ) : (
              <Menu.Item onClick={() => onDo("disable")}>{t("people.disable")}</Menu.Item>
            )}
            {isOwn ? null : (
              <Menu.Item color="red" onClick={() => onDo("remove")}>
                {t("people.remove")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
