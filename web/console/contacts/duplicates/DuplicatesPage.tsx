// Contacts that may be one and the same, group by group, with the way to make them one.
import { Group, SegmentedControl, Select, Stack } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { duplicatesQuery, phonebooksQuery } from "@/api/queries";
import type { Phonebook } from "@/api/types";
import { Empty } from "@/theme/Empty";
import { IconCopyCheck } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { More } from "@/theme/More";
import { PageHead } from "../../shell/PageHead";
import { DuplicateCard } from "./DuplicateCard";

export function DuplicatesPage() {
  const { t } = useTranslation();
  const phonebooks = useQuery(phonebooksQuery);
  const [by, setBy] = useState<"number" | "name">("number");
  const [phonebook, setPhonebook] = useState<string | null>(null);
  return (
    <>
      <PageHead
        title={t("contacts.duplicates.title")}
        text={t("contacts.duplicates.intro")}
        under={[{ label: t("contacts.title"), to: "/contacts" }]}
      />
      <Group align="flex-end" mb="lg">
        <SegmentedControl
          aria-label={t("contacts.duplicates.title")}
          value={by}
          onChange={(value) => setBy(value === "name" ? "name" : "number")}
          data={[
            { value: "number", label: t("contacts.duplicates.by_number") },
            { value: "name", label: t("contacts.duplicates.by_name") },
          ]}
        />
        <Select
          label={t("contacts.duplicates.phonebook")}
          placeholder={t("contacts.duplicates.all")}
          clearable
          clearButtonProps={{ "aria-label": t("contacts.duplicates.all") }}
          data={(phonebooks.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={phonebook}
          onChange={setPhonebook}
        />
      </Group>
      <Loaded of={phonebooks}>
        {(list) => <Groups by={by} phonebook={phonebook} phonebooks={list} />}
      </Loaded>
    </>
  );
}

interface GroupsProps {
  by: "number" | "name";
  phonebook: string | null;
  phonebooks: Phonebook[];
}

function Groups({ by, phonebook, phonebooks }: GroupsProps) {
  const { t } = useTranslation();
  const duplicates = useInfiniteQuery(duplicatesQuery(by, phonebook));
  return (
    <Loaded of={duplicates}>
      {({ pages }) => {
        const groups = pages.flatMap((page) => page.groups);
        if (groups.length === 0) {
          return (
            <Empty
              icon={IconCopyCheck}
              title={t("contacts.duplicates.none")}
              text={t("contacts.duplicates.none_text")}
            />
          );
        }
        return (
          <Stack>
            {groups.map((group) => (
              <DuplicateCard
                key={group.number ?? group.contacts[0]?.id}
                group={group}
                phonebooks={phonebooks}
              />
            ))}
            <More of={duplicates} text={t("contacts.duplicates.show_more")} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
