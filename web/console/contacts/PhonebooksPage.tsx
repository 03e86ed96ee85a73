// The phonebooks: what fills them, how much is in them, who finds it (F8, F9, H5).
import { Button, Paper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { phonebooksQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconAddressBook, IconCopyCheck, IconPlus } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { PhonebookDialog } from "./PhonebookDialog";
import { PhonebookTable } from "./PhonebookTable";

export function PhonebooksPage() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const phonebooks = useQuery({ ...phonebooksQuery, refetchInterval: 5_000 });
  const add = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t("contacts.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("contacts.title")} text={t("contacts.intro")}>
        {phonebooks.data?.length ? (
          <>
            <Button
              variant="default"
              leftSection={<IconCopyCheck size={17} />}
              renderRoot={(props) => <Link to="/contacts/duplicates" {...props} />}
            >
              {t("contacts.duplicates.title")}
            </Button>
            {add}
          </>
        ) : null}
      </PageHead>
      <Loaded of={phonebooks}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconAddressBook} title={t("contacts.none")} text={t("contacts.none_text")}>
              {add}
            </Empty>
          ) : (
            <Paper>
              <PhonebookTable phonebooks={list} />
            </Paper>
          )
        }
      </Loaded>
      {adding ? <PhonebookDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}
