// Contacts out of a file into one phonebook: choose, look, start, watch, and what came of it.
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { importsQuery, phonebooksQuery } from "@/api/queries";
import type { ContactImport, Phonebook } from "@/api/types";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../../shell/PageHead";
import { ReadOnlyNotice } from "../ReadOnlyNotice";
import { ChooseFile } from "./ChooseFile";
import { EarlierImports } from "./EarlierImports";
import { Look } from "./Look";
import { isAtWork, isAwaited } from "./plan";
import { Result } from "./Result";
import { Watch } from "./Watch";

const route = getRouteApi("/inside/contacts/$id/import");

export function ImportPage() {
  const { id } = route.useParams();
  const { t } = useTranslation();
  const phonebooks = useQuery(phonebooksQuery);
  return (
    <Loaded of={phonebooks}>
      {(list) => {
        const phonebook = list.find((it) => it.id === id);
        return phonebook ? (
          <Imports key={id} phonebook={phonebook} />
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

function Imports({ phonebook }: { phonebook: Phonebook }) {
  const { t } = useTranslation();
  const { id, name, read_only } = phonebook;
  const [opened, setOpened] = useState<string | null>(null);
  const imports = useQuery({
    ...importsQuery(id),
    refetchInterval: (query) => (query.state.data?.some(isAwaited) ? 500 : false),
  });
  return (
    <>
      <PageHead
        title={t("contact_imports.title", { name })}
        under={[{ label: t("contacts.title"), to: "/contacts" }]}
      >
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/contacts/$id" params={{ id }} {...props} />}
        >
          {t("contact_imports.to_contacts")}
        </Button>
      </PageHead>
      {read_only ? (
        <ReadOnlyNotice phonebook={phonebook} />
      ) : (
        <Loaded of={imports}>
          {(list) => {
            // What goes on by itself is shown whoever began it.
            const shown =
              list.find((it) => it.id === opened) ?? list.find((it) => isAtWork(it.state));
            return (
              <Stack gap="lg">
                {shown ? (
                  <Step of={shown} onLeave={() => setOpened(null)} />
                ) : (
                  <>
                    <ChooseFile phonebook={id} onReady={(ready) => setOpened(ready.id)} />
                    <EarlierImports imports={list} onOpen={setOpened} />
                  </>
                )}
              </Stack>
            );
          }}
        </Loaded>
      )}
    </>
  );
}

function Step({ of, onLeave }: { of: ContactImport; onLeave(): void }) {
  switch (of.state) {
    case "ready":
      return <Look of={of} onLeave={onLeave} />;
    case "running":
    case "undoing":
      return <Watch of={of} />;
    default:
      return <Result of={of} onLeave={onLeave} />;
  }
}
