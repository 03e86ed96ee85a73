// A contact that is only read here: a CRM fills its phonebook (F9).
import { Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Contact, Phonebook } from "@/api/types";
import { ReadOnlyNotice } from "../ReadOnlyNotice";

export function ContactView({ phonebook, contact }: { phonebook: Phonebook; contact: Contact }) {
  const { t } = useTranslation();
  const facts = [
    [t("labels.name"), contact.name],
    [t("contacts.company"), contact.company],
    ...contact.numbers.map(({ slot, written, shown }) => [
      t(`contacts.slot.${slot}`),
      shown ?? written,
    ]),
    [t("contacts.email"), contact.email],
    [t("contacts.remark"), contact.remark],
  ];
  return (
    <Stack>
      <ReadOnlyNotice phonebook={phonebook} />
      <Table verticalSpacing="sm">
        <Table.Tbody>
          {facts.map(([label, fact], place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same, and none moves
            <Table.Tr key={place}>
              <Table.Th w={140} scope="row" fw={550}>
                {label}
              </Table.Th>
              <Table.Td className="lc-wrap">
                {fact || (
                  <Text span inherit c="dimmed">
                    {t("contacts.nothing_said")}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
