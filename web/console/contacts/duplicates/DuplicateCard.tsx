// One group of contacts that may be the same, side by side.
import { Anchor, Badge, Button, Group, Paper, Table, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DuplicateGroup, Phonebook } from "@/api/types";
import { MergeDialog } from "./MergeDialog";
import "../contacts.css";

export interface DuplicateCardProps {
  group: DuplicateGroup;
  phonebooks: Phonebook[];
}

export function DuplicateCard({ group, phonebooks }: DuplicateCardProps) {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  const of = (id: string) => phonebooks.find((phonebook) => phonebook.id === id);
  const mergeable = group.contacts.filter(({ phonebook }) => of(phonebook)?.read_only === false);
  const title = group.number ?? group.contacts[0]?.name;
  return (
    <Paper p="lg">
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Group gap="sm" miw={0}>
          <Title order={2} className="lc-wrap">
            {title}
          </Title>
          <Badge variant="default" radius="sm" tt="none">
            {t("contacts.duplicates.group", { count: group.count })}
          </Badge>
        </Group>
        <Button
          size="xs"
          variant="default"
          flex="none"
          disabled={mergeable.length < 2}
          aria-label={`${t("contacts.duplicates.merge")} ${title}`}
          onClick={() => setMerging(true)}
        >
          {t("contacts.duplicates.merge")}
        </Button>
      </Group>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={6} className="lc-contacts">
          <Table.Tbody>
            {group.contacts.map(({ id, name, company, numbers, phonebook }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  <Text className="lc-cut" title={name}>
                    {name}
                  </Text>
                  <Text fz="sm" c="dimmed" className="lc-cut">
                    {company}
                  </Text>
                </Table.Td>
                <Table.Td fz="sm">
                  {numbers.map(({ written, shown }) => shown ?? written).join(", ")}
                </Table.Td>
                <Table.Td w={200}>
                  <Anchor
                    fz="sm"
                    className="lc-cut lc-contact-name"
                    renderRoot={(props) => (
                      <Link to="/contacts/$id" params={{ id: phonebook }} {...props} />
                    )}
                  >
                    {of(phonebook)?.name}
                  </Anchor>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {group.count > group.contacts.length ? (
        <Text fz="sm" c="dimmed">
          {t("contacts.duplicates.first", { count: group.count, shown: group.contacts.length })}
        </Text>
      ) : null}
      {mergeable.length < 2 ? (
        <Text fz="sm" c="dimmed">
          {t("contacts.duplicates.cannot")}
        </Text>
      ) : null}
      {merging ? <MergeDialog contacts={mergeable} onClose={() => setMerging(false)} /> : null}
    </Paper>
  );
}
