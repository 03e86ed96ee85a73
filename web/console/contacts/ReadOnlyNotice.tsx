// Why a phonebook cannot be changed here, and where it can; or that it can again (F9, H5).
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Phonebook } from "@/api/types";
import { Notice } from "@/theme/Notice";
import { useCrmName } from "./useCrmName";

export function ReadOnlyNotice({ phonebook: { crm, read_only } }: { phonebook: Phonebook }) {
  const { t } = useTranslation();
  const crmName = useCrmName();
  if (!crm) return null;
  const name = crmName(crm);
  if (!read_only) {
    return <Notice title={t("contacts.was_crm_text", { name })} />;
  }
  return (
    <Notice title={t("contacts.read_only_title", { name })}>
      {t("contacts.read_only_text", { name })}{" "}
      <Anchor
        inherit
        renderRoot={(props) => (
          <Link
            to="/integrations/crm/$kind"
            params={{ kind: crm }}
            search={{ part: "sync" }}
            {...props}
          />
        )}
      >
        {t("contacts.read_only_link", { name })}
      </Anchor>
    </Notice>
  );
}
