// One phonebook: its contacts, searched, chosen and changed; read-only while a CRM fills it (F9).
import { Button, Group, Paper, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { contactsQuery, phonebooksQuery } from "@/api/queries";
import type { Contact, Phonebook } from "@/api/types";
import { Empty } from "@/theme/Empty";
import { IconAddressBook, IconPlus, IconSearch } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { More } from "@/theme/More";
import { PageHead } from "../shell/PageHead";
import { ChosenBar } from "./ChosenBar";
import { ContactTable } from "./ContactTable";
import { ContactDialog } from "./contact/ContactDialog";
import { FileMenu } from "./import/FileMenu";
import { PhonebookTags } from "./PhonebookTable";
import { ReadOnlyNotice } from "./ReadOnlyNotice";
import { useCrmName } from "./useCrmName";

const route = getRouteApi("/inside/contacts/$id");

export function PhonebookPage() {
  const { id } = route.useParams();
  const { t } = useTranslation();
  const phonebooks = useQuery({ ...phonebooksQuery, refetchInterval: 5_000 });
  return (
    <Loaded of={phonebooks}>
      {(list) => {
        const phonebook = list.find((it) => it.id === id);
        return phonebook ? (
          <Contacts key={id} phonebook={phonebook} />
        ) : (
          <PageHead
            title={t("contacts.gone")}
            text={t("contacts.gone_text")}
            under={[{ label: t("contacts.title"), to: "/contacts" }]}
          />
        );
      }}
    </Loaded>
  );
}

function Contacts({ phonebook }: { phonebook: Phonebook }) {
  const { t } = useTranslation();
  const crmName = useCrmName();
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [open, setOpen] = useState<Contact | "new" | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const contacts = useInfiniteQuery({
    ...contactsQuery(phonebook.id, search),
    // A CRM may be filling it; who reads on below is left in peace.
    refetchInterval: (query) =>
      phonebook.read_only && (query.state.data?.pages.length ?? 1) === 1 ? 5_000 : false,
  });
  const { read_only, crm } = phonebook;
  const add = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setOpen("new")}>
      {t("contacts.add_contact")}
    </Button>
  );
  return (
    <>
      <PageHead title={phonebook.name} under={[{ label: t("contacts.title"), to: "/contacts" }]}>
        <PhonebookTags phonebook={phonebook} />
        <FileMenu phonebook={phonebook} />
        {read_only ? null : add}
      </PageHead>
      <ReadOnlyNotice phonebook={phonebook} />
      <TextInput
        my="md"
        maw={420}
        type="search"
        aria-label={t("contacts.search")}
        placeholder={t("contacts.search")}
        leftSection={<IconSearch size={16} />}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded of={contacts}>
        {({ pages }) => {
          const list = pages.flatMap((page) => page.contacts);
          if (list.length === 0 && !search) {
            return (
              <Empty
                icon={IconAddressBook}
                title={t("contacts.empty")}
                text={
                  read_only && crm
                    ? t("contacts.empty_crm_text", { name: crmName(crm) })
                    : t("contacts.empty_text")
                }
              >
                {read_only ? null : <Group justify="center">{add}</Group>}
              </Empty>
            );
          }
          return (
            <>
              {chosen.size > 0 && !read_only ? (
                <ChosenBar
                  phonebook={phonebook}
                  chosen={[...chosen]}
                  onDone={() => setChosen(new Set())}
                />
              ) : null}
              <Paper>
                <ContactTable
                  contacts={list}
                  readOnly={read_only}
                  chosen={chosen}
                  onChoose={setChosen}
                  onOpen={setOpen}
                />
              </Paper>
              <More of={contacts} text={t("contacts.more")} />
            </>
          );
        }}
      </Loaded>
      {open ? (
        <ContactDialog
          phonebook={phonebook}
          contact={open === "new" ? undefined : open}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}
