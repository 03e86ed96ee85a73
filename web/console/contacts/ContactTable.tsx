// The contacts of a phonebook, a row each; where it can be changed they are chosen by a tick.
import { Anchor, Checkbox, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Contact } from "@/api/types";
import "./contacts.css";

/** A row shows so many numbers; the others are in the contact. */
const NUMBERS_SHOWN = 2;

export interface ContactTableProps {
  contacts: Contact[];
  readOnly: boolean;
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
  onOpen(contact: Contact): void;
}

export function ContactTable(props: ContactTableProps) {
  const { contacts, readOnly, chosen, onChoose, onOpen } = props;
  const { t } = useTranslation();
  if (contacts.length === 0) {
    return (
      <Text p="lg" c="dimmed" ta="center">
        {t("contacts.nothing_found")}
      </Text>
    );
  }
  const all = contacts.every(({ id }) => chosen.has(id));
  const choose = (id: string, on: boolean) => {
    const now = new Set(chosen);
    if (on) now.add(id);
    else now.delete(id);
    onChoose(now);
  };
  return (
    <Table.ScrollContainer minWidth={780}>
      <Table verticalSpacing="sm" horizontalSpacing="lg" className="lc-contacts">
        <Table.Thead>
          <Table.Tr>
            {readOnly ? null : (
              <Table.Th w={56}>
                <Checkbox
                  aria-label={t("contacts.select_all")}
                  checked={all}
                  indeterminate={!all && chosen.size > 0}
                  onChange={() => onChoose(new Set(all ? [] : contacts.map(({ id }) => id)))}
                />
              </Table.Th>
            )}
            <Table.Th>{t("contacts.columns.name")}</Table.Th>
            <Table.Th w={250}>{t("contacts.columns.numbers")}</Table.Th>
            <Table.Th w={220}>{t("contacts.columns.email")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contacts.map((contact) => (
            <Table.Tr key={contact.id}>
              {readOnly ? null : (
                <Table.Td>
                  <Checkbox
                    aria-label={t("contacts.select_one", { name: contact.name })}
                    checked={chosen.has(contact.id)}
                    onChange={(event) => choose(contact.id, event.currentTarget.checked)}
                  />
                </Table.Td>
              )}
              <Table.Td>
                <Anchor
                  component="button"
                  type="button"
                  className="lc-cut lc-contact-name"
                  fw={600}
                  title={contact.name}
                  onClick={() => onOpen(contact)}
                >
                  {contact.name}
                </Anchor>
                {contact.company ? (
                  <Text fz="sm" c="dimmed" className="lc-cut" title={contact.company}>
                    {contact.company}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td>
                <Numbers contact={contact} />
              </Table.Td>
              <Table.Td>
                <Text fz="sm" className="lc-cut" title={contact.email ?? undefined}>
                  {contact.email}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Numbers({ contact: { numbers } }: { contact: Contact }) {
  const { t } = useTranslation();
  if (numbers.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t("contacts.no_numbers")}
      </Text>
    );
  }
  const more = numbers.length - NUMBERS_SHOWN;
  return (
    <>
      {numbers.slice(0, NUMBERS_SHOWN).map(({ slot, written, shown }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same, and none moves
        <Text key={place} fz="sm" className="lc-cut" title={written}>
          {shown ?? written}
          <Text span inherit c="dimmed" ms={6}>
            {t(`contacts.slot.${slot}`)}
          </Text>
        </Text>
      ))}
      {more > 0 ? (
        <Text fz="sm" c="dimmed">
          {t("contacts.more_numbers", { count: more })}
        </Text>
      ) : null}
    </>
  );
}
